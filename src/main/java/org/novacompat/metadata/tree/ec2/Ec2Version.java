// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.ec2;

/** The versions of EC2's tree that nova knows ({@code nova/api/metadata/base.py: VERSIONS}). */
enum Ec2Version {
  V1_0("1.0"),
  V2007_01_19("2007-01-19"),
  V2007_03_01("2007-03-01"),
  V2007_08_29("2007-08-29"),
  V2007_10_10("2007-10-10"),
  V2007_12_15("2007-12-15"),
  V2008_02_01("2008-02-01"),
  V2008_09_01("2008-09-01"),
  V2009_04_04("2009-04-04");

  private final String label;

  Ec2Version(String label) {
    this.label = label;
  }

  /** Gives the version as paths spell it. */
  String label() {
    return label;
  }
}
