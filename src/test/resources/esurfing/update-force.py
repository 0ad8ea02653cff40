# Fill in the parameters according to the OpenAPI documentation for creating cloud data

update_metadata_params = {

    "regionID": huadong1_region_id,

    "azName": huadong1_az1,

    "instanceID": huadong1_instance,

    "isForce": True,

    "metadata": {

        "test3": "IGs9"

    }

}

 

# The definition of the post method is omitted here. For the implementation of this method, please refer to eSurfing Cloud official website documentation.

url = "https://ctecs-global.ctapi.ctyun.cn/v4/ecs/metadata/update"

res_metadata_update = post(url, params=update_metadata_params)
