#!/usr/bin/bash

echo "======================instance metadata======================"

echo "instance owner account id: " $(curl -s 169.254.169.254/meta-data/owner-account-id)

echo "instance id: " $(curl -s 169.254.169.254/meta-data/instance-id)

echo "instance id: " $(curl -s 169.254.169.254/meta-data/instance-id)
