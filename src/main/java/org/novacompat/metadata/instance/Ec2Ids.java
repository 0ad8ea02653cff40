// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.Optional;

/**
 * The EC2 names of an instance and its images ({@code nova/objects/ec2.py}).
 *
 * @param instanceId {@code i-%08x}
 * @param amiId {@code ami-%08x}; empty when there is no image
 * @param kernelId {@code aki-%08x}; empty when there is no kernel
 * @param ramdiskId {@code ari-%08x}; empty when there is no ramdisk
 */
public record Ec2Ids(
    String instanceId,
    Optional<String> amiId,
    Optional<String> kernelId,
    Optional<String> ramdiskId) {}
