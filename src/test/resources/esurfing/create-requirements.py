# Fill in the parameters according to the OpenAPI documentation for creating cloud data

create_metadata_params = {

    "regionID": huadong1_region_id,

    "azName": huadong1_az1,

    "instanceID": huadong1_instance,

    "metadta": {

        "requeirements": {

            "requests": "2.27.1",

            "numpy": "1.16.6",

            "matplotlib": "2.2.5"

        }

    }

}

 

# The definition of the post method is omitted here. For the implementation of this method, please refer to Python Sample Document in the eSurfing Cloud official website documentation (https://www.ctyun.cn/document/10026730/10044097)

url = "https://ctecs-global.ctapi.ctyun.cn/v4/ecs/metadata/create"

res_metadata_create = post(url, params=create_metadata_params)
