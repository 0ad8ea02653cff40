import json

import subprocess

 

HOST = "169.254.169.254"

URL = HOST + "/spec-meta-data"

FILE_REQUEIRE = "requirements.txt"

 

def send_command(command):

    command_ls = command.split()

    process = subprocess.Popen(command_ls, stdout=subprocess.PIPE)

    output, err = process.communicate()

    return output.decode("utf-8")

 

if __name__ == "__main__":

    res = send_command("curl -s %s" % URL)

  

    metadata = json.loads(res)

    requeire_info = metadata.get("requeirements")

 

    with open(FILE_REQUEIRE, "w") as f:

        for k, v in requeire_info.items():

            write_info = "%s==%s" % (str(k), str(v))

            f.writelines(write_line)

    tsinghua_image = "https://pypi.tuna.tsinghua.edu.cn/simple" # Tsinghua Image Station

    send_command("pip install -r %s -i %s" % (FILE_REQUEIRE, tsinghua_image))
