// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Instances.SubnetBuilder;
import org.novacompat.metadata.instance.Instances.VifBuilder;
import org.novacompat.metadata.tree.Guest;

/** Expected values are nova 26's, with its own template for the built-in one. */
class InjectedNetworkTest {
  private static final String CONTENT = "/openstack/content/0000";
  private static final String META_DATA = "/openstack/2012-08-10/meta_data.json";

  @TempDir private Path directory;

  private static VifBuilder dualStack() {
    return VifBuilder.on(
        SubnetBuilder.v4().route("192.168.7.9/24", "10.0.0.254"), SubnetBuilder.v6());
  }

  private static Instance injected() {
    return Instances.typical()
        .vifs(VifBuilder.on(SubnetBuilder.v4()).build(), dualStack().injected().build())
        .build();
  }

  @Test
  void isRenderedByTheBuiltInTemplate() {
    assertEquals(
        """
        # Injected by Nova on instance boot
        #
        # This file describes the network interfaces available on your system
        # and how to activate them. For more information, see interfaces(5).

        # The loopback network interface
        auto lo
        iface lo inet loopback

        auto eth1
        iface eth1 inet static
            hwaddress ether fa:16:3e:00:00:01
            address 10.0.0.5
            netmask 255.255.255.0
            broadcast 10.0.0.255
            gateway 10.0.0.1
            dns-nameservers 192.0.2.53 192.0.2.54
        iface eth1 inet6 static
            hwaddress ether fa:16:3e:00:00:01
            address 2001:db8::5
            netmask 64
            gateway 2001:db8::1
            dns-nameservers 2001:db8::53
        """,
        Guest.of(injected()).get(CONTENT));
  }

  /**
   * Until nova 25 the IPv4 part stands there without an address as well, and the IPv6 part in every
   * interface as soon as one has an address ({@code nova/virt/interfaces.template} at 25.0.0).
   */
  @Test
  void isRenderedByTheBuiltInTemplateOfTheRelease() {
    Instance instance =
        Instances.typical()
            .vifs(
                VifBuilder.on(SubnetBuilder.v6()).injected().build(),
                VifBuilder.on(SubnetBuilder.v4()).injected().build())
            .build();
    String before =
        """
        # Injected by Nova on instance boot
        #
        # This file describes the network interfaces available on your system
        # and how to activate them. For more information, see interfaces(5).

        # The loopback network interface
        auto lo
        iface lo inet loopback

        auto eth0
        """;
    String ipv6 =
        """
        iface eth0 inet6 static
            hwaddress ether fa:16:3e:00:00:01
            address 2001:db8::5
            netmask 64
            gateway 2001:db8::1
            dns-nameservers 2001:db8::53

        auto eth1
        """;
    String ipv4 =
        """
        iface eth1 inet static
            hwaddress ether fa:16:3e:00:00:01
            address 10.0.0.5
            netmask 255.255.255.0
            broadcast 10.0.0.255
            gateway 10.0.0.1
            dns-nameservers 192.0.2.53 192.0.2.54
        """;
    assertEquals(before + ipv6 + ipv4, Guest.of(instance).get(CONTENT));
    assertEquals(
        before
            + """
            iface eth0 inet static
                hwaddress ether fa:16:3e:00:00:01
                address None
                netmask None
                broadcast None
            """
            + ipv6
            + ipv4
            + """
            iface eth1 inet6 static
                hwaddress ether fa:16:3e:00:00:01
                address None
                netmask None
            """,
        Guest.of(instance, Guest.beforeZed()).get(CONTENT));
  }

  @Test
  void isNamedInTheMetaData() {
    assertTrue(
        Guest.of(injected())
            .get(META_DATA)
            .contains(
                "\"meta\": {\"role\": \"webserver\"}, \"network_config\": {\"name\":"
                    + " \"network_config\", \"content_path\": \"/content/0000\"}, \"public_keys\""));
  }

  @Test
  void isNotThereForOtherNetworks() {
    Guest plain = Guest.of(Instances.typical().vifs(dualStack().build()).build());
    Guest leased =
        Guest.of(
            Instances.typical()
                .vifs(VifBuilder.on(SubnetBuilder.v4().dhcpServer("")).injected().build())
                .build());

    assertEquals("404", plain.get(CONTENT));
    assertFalse(plain.get(META_DATA).contains("network_config"));
    assertEquals("404", leased.get(CONTENT));
  }

  @Test
  void lacksTheInterfaceWhoseRangeIsNotKnownAndKeepsTheOthersNames() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .vifs(
                    VifBuilder.on(SubnetBuilder.v4().cidr(null)).injected().build(),
                    VifBuilder.on(SubnetBuilder.v4()).injected().build())
                .build());

    assertFalse(guest.get(CONTENT).contains("eth0"), guest.get(CONTENT));
    assertTrue(guest.get(CONTENT).contains("auto eth1"), guest.get(CONTENT));
  }

  @Test
  void lacksTheNameServerAndTheRouteThatNovaStumblesOver() {
    SubnetBuilder odd = SubnetBuilder.v4().dns("192.0.2.53", null, "192.0.2.54");
    assertEquals(content(SubnetBuilder.v4()), content(odd.route("x", "10.0.0.1")));
  }

  private static String content(SubnetBuilder subnet) {
    return Guest.of(Instances.typical().vifs(VifBuilder.on(subnet).injected().build()).build())
        .get(CONTENT);
  }

  @Test
  void isRenderedByTheOperatorsTemplateAsJinja2Does() throws IOException {
    Path template = directory.resolve("nic.template");
    Files.writeString(
        template,
        "{% for i in interfaces %}\r\n"
            + "{{ i.name }} <{{ i.broadcast }}> {% if use_ipv6 %}6{% else %}4{% endif %} {{ libvirt_virt_type }}\n"
            + "{% if i.address_v6 is none %}\nno IPv6: {{ i.address_v6 }}\n{% endif %}\n"
            + "{% for r in i.routes %}\n"
            + " {{ r.cidr }} {{ r.network }} {{ r.netmask }} {{ r.gateway }}\n"
            + "{% endfor %}\n"
            + "{% endfor %}\n"
            + "end\n");
    SubnetBuilder subnet = SubnetBuilder.v4().cidr("10.0.0.4/31").route("10.1/16", "10.0.0.9");
    Guest guest =
        Guest.of(
            Instances.typical().vifs(VifBuilder.on(subnet).injected().build()).build(),
            Guest.withTemplate(template));

    assertEquals(
        """
        eth0 <None> 4 None
        no IPv6: None
         10.1/16 10.1.0.0 255.255.0.0 10.0.0.9
        end""",
        guest.get(CONTENT));
  }

  @Test
  void isLeftOutWhereTheTemplateCannotBeUsed() throws IOException {
    Path broken = directory.resolve("broken.template");
    Files.writeString(broken, "{% for i in interfaces %}\n");

    for (Path template : new Path[] {broken, directory.resolve("missing")}) {
      Guest guest = Guest.of(injected(), Guest.withTemplate(template));
      assertEquals("404", guest.get(CONTENT));
      assertFalse(guest.get(META_DATA).contains("network_config"));
    }
  }

  @Test
  void loadsTheTemplateEngineForInjectedNetworksOnly() throws Exception {
    ClassLoader withoutEngine = new WithoutTemplateEngine();
    Class<?> probe = Class.forName(Probe.class.getName(), true, withoutEngine);

    assertEquals("404", probe.getMethod("contentOf", Instance.class).invoke(null, plain()));
  }

  private static Instance plain() {
    return Instances.typical().vifs(dualStack().build()).build();
  }

  /** Runs the trees in a class loader of its own. */
  public static final class Probe {
    private Probe() {}

    /** Reads everything that may name an injected network. */
    public static String contentOf(Instance instance) {
      Guest guest = Guest.of(instance);
      guest.get(META_DATA);
      return guest.get(CONTENT);
    }
  }

  /** Loads the trees anew, and knows no template engine. */
  private static final class WithoutTemplateEngine extends ClassLoader {
    WithoutTemplateEngine() {
      super(InjectedNetworkTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.hubspot.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(InjectedNetwork.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
