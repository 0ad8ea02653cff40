# Fill in the parameters according to the OpenAPI documentation for creating cloud data

create_metadata_params = {

    "regionID": huadong1_region_id,

    "azName": huadong1_az1,

    "instanceID": huadong1_instance,

    "metadata": {

        "test1": "123",

        "test2": "abc"

    }

}

 

# The definition of the post method is omitted here. For the implementation of this method, please refer to eSurfing Cloud official website documentation.

url = "https://ctecs-global.ctapi.ctyun.cn/v4/ecs/metadata/create"

res_metadata_create = post(url, params=create_metadata_params)
