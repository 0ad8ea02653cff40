#!/usr/bin/bash

echo "======================instance metadata======================"

echo "user-defined metadata: " $(curl -s 169.254.169.254/spec-meta-data)

echo "test1: " $(curl -s 169.254.169.254/meta-data/instance/specs/test1)

echo "test2: " $(curl -s 169.254.169.254/meta-data/instance/specs/test2)
