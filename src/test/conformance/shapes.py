# SPDX-License-Identifier: Apache-2.0
"""The instances that are recorded: each a function that makes an ordinary instance a little strange.

`@shape("why")` puts a function into the table; its name, with hyphens, is the shape's. The function is
given an ordinary instance (see Shape) and changes what the shape is about.
"""
import base64
import json
import uuid
import zlib

import questions

NAMESPACE = uuid.UUID("6e6f7661-636f-5d70-8174-636f6e666f72")
USER = "conformance-user"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleEx user@example\n"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIBExample+Example/Example==\n-----END CERTIFICATE-----\n"
_TABLE = []


def shape(why):
    """Puts a function into the table of shapes."""
    def put(function):
        _TABLE.append((function.__name__.replace("_", "-"), why, function))
        return function
    return put


def table():
    """Names and reasons of all shapes."""
    return [(name, why) for name, why, _ in _TABLE]


def drawn():
    """All shapes, ready to be created; nova's objects must be registered."""
    shapes = []
    for name, why, change in _TABLE:
        one = Shape(name, why)
        change(one)
        shapes.append(one)
    return shapes


def fixed_uuid(name):
    """The same UUID for the same name, at every recording."""
    return str(uuid.uuid5(NAMESPACE, name))


def fixed_id(name):
    """The same number between one and two million for the same name, at every recording."""
    return 1_000_000 + zlib.crc32(name.encode()) % 1_000_000


def encoded(data):
    return base64.b64encode(data).decode()


class Shape:
    """An instance before it is created: at first an ordinary one.

    `cell` ("first" or "second") is where its rows go; `mapping` the cell that the API database names:
    None for no row, "nowhere" for a row without a cell. `ec2_rows` is how often the EC2 ids are there
    already (`ec2_deleted` marks them); None leaves them to nova. `address` is what the proxy puts into X-Forwarded-For.
    """

    def __init__(self, name, why):
        self.name, self.why = name, why
        self.uuid, self.project = fixed_uuid(name), uuid.uuid5(NAMESPACE, "project").hex
        self.cell = self.mapping = "first"
        self.address = "10.0.0.20"
        self.questions = questions.of_an_instance()
        self.ec2_rows, self.ec2_deleted = 1, 0
        self.fields = {
            "hostname": name, "display_name": name, "launch_index": 0, "availability_zone": "nova",
            "reservation_id": "r-0a1b2c3d", "root_device_name": "/dev/vda", "key_name": "mykey",
            "key_data": KEY, "image_ref": fixed_uuid(name + " image"), "kernel_id": "", "ramdisk_id": "",
            "user_data": encoded(b"#!/bin/sh\necho hello\n")}
        self.flavor = {"name": "m1.small"}
        self.old_flavor = None
        self.keypairs = [{"name": "mykey", "type": "ssh", "public_key": KEY}]
        self.vifs = [vif(v4())]
        self.disks = [disk("image", "local", "/dev/vda", boot_index=0)]
        self.devices = self.numa = None
        self.metadata = {"role": "web"}
        self.system_metadata = {"image_min_ram": "0", "boot_roles": "member,reader"}
        self.statements = []

    @property
    def images(self):
        return [self.fields[name] for name in ("image_ref", "kernel_id", "ramdisk_id")]

    def live_in(self, cell):
        self.cell = self.mapping = cell

    def set(self, table, **columns):
        """Changes columns behind the back of nova's objects."""
        owner = "uuid" if table == "instances" else "instance_uuid"
        self.statements.append(("update %s set %s where %s = :uuid" % (
            table, ", ".join("`%s` = :%s" % (name, name) for name in columns), owner), columns))

    def add(self, table, **columns):
        """Adds a row of the instance behind the back of nova's objects."""
        self.statements.append(("insert into %s (instance_uuid, %s) values (:uuid, %s)" % (
            table, ", ".join("`%s`" % name for name in columns),
            ", ".join(":%s" % name for name in columns)), columns))

    def remove(self, table):
        self.statements.append(("delete from %s where instance_uuid = :uuid" % table, {}))

    def network(self, vifs):
        """A network cache as text or as plain lists, such as nova's model would not write."""
        self.set("instance_info_caches", network_info=vifs if isinstance(vifs, str) else json.dumps(vifs))

    def create(self, context):
        """Creates the instance through nova's objects, in the cell of the context."""
        from nova import objects
        from nova.network import model
        instance = objects.Instance(
            context, uuid=self.uuid, user_id=USER, project_id=self.project, vm_state="active", power_state=1,
            memory_mb=2048, vcpus=2, root_gb=20, ephemeral_gb=0, host="compute1", node="compute1",
            config_drive="", flavor=flavor(**self.flavor), new_flavor=None, metadata=self.metadata,
            old_flavor=flavor(**self.old_flavor) if self.old_flavor else None,
            system_metadata=self.system_metadata, **self.fields)
        instance.info_cache = objects.InstanceInfoCache(context, network_info=model.NetworkInfo(self.vifs))
        if self.keypairs is not None:
            instance.keypairs = objects.KeyPairList(objects=[
                objects.KeyPair(id=1, user_id=USER, fingerprint="aa:bb", **pair) for pair in self.keypairs])
        if self.devices is not None:
            instance.device_metadata = objects.InstanceDeviceMetadata(devices=self.devices)
        if self.numa is not None:
            instance.numa_topology = objects.InstanceNUMATopology(instance_uuid=self.uuid, cells=self.numa)
        instance.create()
        for one in self.disks:
            objects.BlockDeviceMapping(context, instance_uuid=self.uuid, **one).create()
        self._ec2_rows()

    def _ec2_rows(self):
        """Replaces the EC2 ids that nova gave at the creation: theirs would differ at every recording."""
        owners = [("instance_id_mappings", self.uuid)]
        owners += [("s3_images", image) for image in filter(None, dict.fromkeys(self.images))]
        for table, owner in owners:
            self.statements.append(("delete from %s where uuid = :owner" % table, {"owner": owner}))
            for index in range(self.ec2_rows or 0):
                self.statements.append((
                    "insert into %s (id, uuid, deleted) values (:id, :owner, :deleted)" % table,
                    {"id": fixed_id("%s %s" % (table, owner)) + index, "owner": owner,
                     "deleted": self.ec2_deleted}))


def flavor(**changes):
    from nova import objects
    return objects.Flavor(**{
        "id": 1, "name": "m1.small", "memory_mb": 2048, "vcpus": 2, "root_gb": 20, "ephemeral_gb": 0,
        "flavorid": "1", "swap": 0, "rxtx_factor": 1.0, "vcpu_weight": 0, "disabled": False, "is_public": True,
        "extra_specs": {}, "deleted": False, **changes})


def disk(source, destination, device, guest_format=None, boot_index=-1):
    return {"source_type": source, "destination_type": destination, "device_name": device,
            "guest_format": guest_format, "boot_index": boot_index, "volume_size": 1, "device_type": "disk",
            "volume_id": fixed_uuid("volume") if destination == "volume" else None, "connection_info": "{}",
            "delete_on_termination": True, "no_device": False}


def ip(address, kind="fixed", **more):
    from nova.network import model
    return (model.FixedIP if kind == "fixed" else model.IP)(address=address, type=kind, **more)


def subnet(cidr, gateway, dns, ips, routes=(), **more):
    from nova.network import model
    return model.Subnet(
        cidr=cidr, gateway=ip(gateway, "gateway") if gateway else None, dns=[ip(one, "dns") for one in dns],
        ips=[one if isinstance(one, dict) else ip(one) for one in ips],
        routes=[model.Route(cidr=to, gateway=ip(via, "gateway")) for to, via in routes], **more)


def v4(cidr="10.0.0.0/20", gateway="10.0.0.1", dns=("192.0.2.53",), ips=("10.0.0.20",), **more):
    return subnet(cidr, gateway, dns, ips, **more)


def v6(cidr="2001:db8::/64", gateway="2001:db8::1", dns=("2001:db8::53",), ips=("2001:db8::14",), **more):
    return subnet(cidr, gateway, dns, ips, **more)


def vif(*subnets, nth=0, network=None, **changes):
    """The nth interface, on a network of its own with these subnets; `network` changes the network."""
    from nova.network import model
    port = fixed_uuid("port %d" % nth)
    settings = {"injected": False, "tenant_id": "t", "mtu": 1450, **(network or {})}
    return model.VIF(**{
        "id": port, "address": "fa:16:3e:00:00:%02x" % nth, "type": "ovs", "devname": "tap" + port[:11],
        "active": True, "details": {"port_filter": True}, "profile": {}, "ovs_interfaceid": port,
        "network": model.Network(id=fixed_uuid("network %d" % nth), bridge="br-int", label="private",
                                 subnets=list(subnets), **settings), **changes})


def injected(*subnets, nth=0, **changes):
    """An interface whose configuration is to be injected."""
    return vif(*subnets, nth=nth, network={"injected": True}, **changes)


# ---- an ordinary instance

@shape("an ordinary instance; also the form of errors by Accept, and the other methods")
def plain(it):
    it.questions += questions.about_errors() + questions.with_other_methods()


@shape("who asks: headers missing, wrong and strange, with each Accept")
def callers(it):
    it.questions = questions.by_callers()


@shape("everything at once, as a large cloud has it, in the templated cell; errors by Accept too")
def everything(it):
    it.live_in("second")
    it.questions += questions.about_errors()
    it.fields.update(kernel_id=fixed_uuid("everything kernel"), ramdisk_id=fixed_uuid("everything ramdisk"),
                     launch_index=3)
    it.vifs = [vif(v4(ips=[ip("10.0.0.20", floating_ips=[ip("203.0.113.7", "floating")])],
                      routes=[("192.168.7.0/24", "10.0.0.254")]), v6(ipv6_address_mode="slaac")),
               vif(v4("10.1.0.0/24", "10.1.0.1", ips=("10.1.0.20",), dhcp_server="10.1.0.2"), nth=1, type="hw_veb")]
    it.disks += [disk("volume", "volume", "/dev/vdb"), disk("blank", "local", "/dev/vdc", "swap"),
                 disk("blank", "local", "/dev/vdd")]
    it.devices = [nic(pci(), tags=["trusted"], vlan=1000, vf_trusted=True), hard_disk(scsi(), tags=["baz"])]
    it.numa = [numa_cell(0, pinned={0, 1}), numa_cell(1, pinned={2, 3})]
    it.metadata = {"role": "web", "priority": "low"}
    it.system_metadata.update(password_0="A" * 255, password_1="BC")


# ---- networks

@shape("no network: an empty list of interfaces")
def no_network(it):
    it.vifs = []


@shape("the network cache is NULL")
def network_null(it):
    it.set("instance_info_caches", network_info=None)


@shape("the network cache is empty text")
def network_empty_text(it):
    it.network("")


@shape("no row in instance_info_caches")
def no_network_row(it):
    it.remove("instance_info_caches")


@shape("the network cache is no JSON")
def network_broken(it):
    it.network('[{"id": "')


@shape("several interfaces, each on its own network")
def several_vifs(it):
    it.vifs = [vif(v4("10.%d.0.0/24" % n, "10.%d.0.1" % n, ("192.0.2.%d" % (53 + n),), ("10.%d.0.20" % n,)), nth=n)
               for n in range(4)]


@shape("an interface without subnets is left out, before and between others")
def vif_without_subnets(it):
    it.vifs = [vif(), vif(v4(), nth=1), vif(nth=2), vif(v4("10.1.0.0/24", "10.1.0.1", ips=("10.1.0.20",)), nth=3)]


@shape("an interface whose network is null is left out")
def vif_without_network(it):
    it.vifs = [vif(nth=1, network=None), vif(v4())]
    it.vifs[0]["network"] = None


@shape("only interfaces without subnets")
def only_vifs_without_subnets(it):
    it.vifs = [vif(), vif(nth=1)]


@shape("IPv6 only: local-ipv4 is what the proxy says")
def ipv6_only(it):
    it.vifs = [vif(v6())]
    it.address = "2001:db8::14"


@shape("IPv4 and IPv6 on one interface")
def dual_stack(it):
    it.vifs = [vif(v4(), v6())]


@shape("IPv6 before IPv4 in the cache")
def dual_stack_ipv6_first(it):
    it.vifs = [vif(v6(), v4())]


@shape("IPv6 addresses by SLAAC")
def ipv6_slaac(it):
    it.vifs = [vif(v4(), v6(ipv6_address_mode="slaac"))]


@shape("IPv6 addresses by stateful DHCPv6")
def ipv6_dhcpv6_stateful(it):
    it.vifs = [vif(v6(ipv6_address_mode="dhcpv6-stateful"))]


@shape("IPv6 addresses by stateless DHCPv6, with a DHCP server")
def ipv6_dhcpv6_stateless(it):
    it.vifs = [vif(v4(), v6(ipv6_address_mode="dhcpv6-stateless", dhcp_server="2001:db8::2"))]


@shape("IPv4 by DHCP: no MTU shown though the network has one")
def dhcp(it):
    it.vifs = [vif(v4(dhcp_server="10.0.0.2"))]


@shape("IPv4 by DHCP on a network without an MTU")
def dhcp_without_mtu(it):
    it.vifs = [vif(v4(dhcp_server="10.0.0.2"))]
    del it.vifs[0]["network"]["meta"]["mtu"]


@shape("static IPv4 on a network whose MTU is null, and on one without")
def mtu_null(it):
    it.vifs = [vif(v4(), network={"mtu": None}), vif(v4(), nth=1)]
    del it.vifs[1]["network"]["meta"]["mtu"]


@shape("a large MTU, and one of 0")
def mtu_large(it):
    it.vifs = [vif(v4(), network={"mtu": 9000}), vif(v4(), nth=1, network={"mtu": 0})]


@shape("IPv6 by DHCP without an address mode, beside static IPv4")
def dhcpv6(it):
    it.vifs = [vif(v4(), v6(dhcp_server="2001:db8::2"))]


@shape("the DHCP server is empty text: leased, yet with an MTU")
def dhcp_server_empty(it):
    it.vifs = [vif(v4(dhcp_server=""))]


@shape("the DHCP server is null: static")
def dhcp_server_null(it):
    it.vifs = [vif(v4(dhcp_server=None), v6(ipv6_address_mode=None))]


@shape("further routes, for IPv4 and IPv6, host routes and the default among them")
def routes(it):
    it.vifs = [vif(v4(routes=[("192.168.7.0/24", "10.0.0.254"), ("203.0.113.9/32", "10.0.0.253"),
                              ("0.0.0.0/0", "10.0.0.252")]),
                   v6(routes=[("2001:db8:7::/48", "2001:db8::fe"), ("::/0", "2001:db8::fd")]))]


@shape("a route whose gateway is null")
def route_without_gateway(it):
    it.vifs = [vif(v4(routes=[("192.168.7.0/24", "10.0.0.254")]))]
    it.vifs[0]["network"]["subnets"][0]["routes"][0]["gateway"] = None


@shape("no gateway: no default route, though other routes")
def no_gateway(it):
    it.vifs = [vif(v4(gateway=None, routes=[("192.168.7.0/24", "10.0.0.254")]), v6(gateway=None))]


@shape("a gateway whose address is null")
def gateway_without_address(it):
    it.vifs = [vif(v4())]
    it.vifs[0]["network"]["subnets"][0]["gateway"]["address"] = None


@shape("the same name servers on several subnets are listed once among the services")
def dns_shared(it):
    it.vifs = [vif(v4(dns=("192.0.2.53", "192.0.2.54")), v6(dns=("2001:db8::53", "2001:db8::53"))),
               vif(v4("10.1.0.0/24", "10.1.0.1", ("192.0.2.54", "192.0.2.55"), ("10.1.0.20",)), nth=1)]


@shape("no name servers")
def no_dns(it):
    it.vifs = [vif(v4(dns=()), v6(dns=()))]


@shape("a name server whose address is null")
def dns_without_address(it):
    it.vifs = [vif(v4(dns=("192.0.2.53", "192.0.2.54")))]
    it.vifs[0]["network"]["subnets"][0]["dns"][0]["address"] = None


@shape("a name server that is null")
def dns_null(it):
    it.vifs = [vif(v4(dns=("192.0.2.53", "192.0.2.54")))]
    it.vifs[0]["network"]["subnets"][0]["dns"][0] = None


@shape("several subnets of each version on a network: the first of each counts, all fixed addresses do")
def several_subnets(it):
    it.vifs = [vif(v4(), v4("10.1.0.0/24", "10.1.0.1", ips=("10.1.0.20",)), v6(),
                   v6("2001:db8:1::/64", "2001:db8:1::1", ips=("2001:db8:1::14",), ipv6_address_mode="slaac"))]


@shape("a subnet without addresses: a link and no network")
def subnet_without_ips(it):
    it.vifs = [vif(v4(ips=()), v6(ips=())), vif(v4(ips=("10.0.0.21", "10.0.0.22")), nth=1)]


@shape("floating addresses: the first of all is public-ipv4")
def floating_ips(it):
    it.vifs = [vif(v4(ips=["10.0.0.20", ip("10.0.0.21", floating_ips=[
        ip("203.0.113.7", "floating"), ip("203.0.113.8", "floating")])])),
               vif(v4(ips=[ip("10.0.0.22", floating_ips=[ip("203.0.113.9", "floating")])]), nth=1)]


@shape("no fixed address and no X-Forwarded-For")
def no_address(it):
    it.vifs, it.address = [], None


@shape("no fixed address, and two proxies in X-Forwarded-For")
def forwarded_twice(it):
    it.vifs, it.address = [], "10.1.2.3, 10.0.0.1"


@shape("the interface types that network_data.json names")
def vif_types_named(it):
    types = ["bridge", "dvs", "hw_veb", "hyperv", "ovs", "tap", "vhostuser", "vif"]
    it.vifs = [vif(v4(), nth=n, type=kind) for n, kind in enumerate(types)]


@shape("the interface types that network_data.json calls phy")
def vif_types_phy(it):
    types = ["802.1qbh", "macvtap", "midonet", "binding_failed", "unbound", "other", "x", "", None]
    it.vifs = [vif(v4(), nth=n, type=kind) for n, kind in enumerate(types)]


@shape("interfaces without a device name are called after their number, those left out not counted")
def no_device_names(it):
    it.vifs = [vif(v4(), devname=None), vif(nth=1), vif(v4(), nth=2, devname=""), vif(v4(), nth=3)]


@shape("no MAC address and no port id")
def vif_without_address(it):
    it.vifs = [vif(v4(), address=None, id=None)]


@shape("host bits set in the ranges of subnets and routes")
def host_bits_in_cidr(it):
    it.vifs = [injected(v4("10.0.0.20/20", routes=[("192.168.7.9/24", "10.0.0.254")]),
                        v6("2001:db8::14/64", routes=[("2001:db8:7::9/48", "2001:db8::fe")]))]


@shape("ranges of unusual size: /32, /31, /0 and /128")
def narrow_ranges(it):
    it.vifs = [injected(v4("10.0.0.20/32"), v6("2001:db8::14/128")), injected(v4("10.0.0.20/31"), nth=1),
               injected(v4("0.0.0.0/0"), v6("::/0"), nth=2)]


@shape("IPv6 in capitals, with zeros, and mapped IPv4, is shown as the cache spells it")
def ipv6_spellings(it):
    it.vifs = [vif(v6("2001:0DB8:0:0::/64", "2001:DB8::0001", ("2001:db8:0:0::53",), ("2001:0db8::0014",),
                      routes=[("2001:0DB8:7::/48", "2001:DB8::00FE"), ("::ffff:192.0.2.0/120", "2001:db8::fe")]))]


@shape("a cache without the keys that later novas added, nor versions")
def network_of_an_early_nova(it):
    it.network([{"id": fixed_uuid("port 0"), "address": "fa:16:3e:00:00:00", "network": {
        "id": fixed_uuid("network 0"), "bridge": "br100", "label": "private", "subnets": [
            {"cidr": "10.0.0.0/20", "gateway": {"address": "10.0.0.1"}, "dns": [{"address": "192.0.2.53"}],
             "ips": [{"address": "10.0.0.20", "floating_ips": [{"address": "203.0.113.7"}]}], "routes": []},
            {"cidr": "2001:db8::/64", "ips": [{"address": "2001:db8::14"}]}]}}])


@shape("keys in a cache that no nova knows")
def network_of_a_later_nova(it):
    one = vif(v4())
    it.network([{**one, "colour": "blue", "network": {
        **one["network"], "colour": "red", "subnets": [{**one["network"]["subnets"][0], "colour": "green"}]}}])


# ---- injected network configuration

@shape("injected IPv4")
def injected_ipv4(it):
    it.vifs = [injected(v4(dns=("192.0.2.53", "192.0.2.54")))]


@shape("injected IPv6")
def injected_ipv6(it):
    it.vifs = [injected(v6(dns=("2001:db8::53", "2001:db8::54")))]


@shape("injected IPv4 and IPv6")
def injected_dual_stack(it):
    it.vifs = [injected(v4(), v6())]


@shape("injected without gateway and name servers")
def injected_bare(it):
    it.vifs = [injected(v4(gateway=None, dns=()), v6(gateway=None, dns=()))]


@shape("injected with further routes, which the file does not show")
def injected_routes(it):
    it.vifs = [injected(v4(routes=[("192.168.7.0/24", "10.0.0.254")]))]


@shape("injected, but leased: nothing to inject")
def injected_dhcp(it):
    it.vifs = [injected(v4(dhcp_server="10.0.0.2"))]


@shape("injected, with one of several leased, and one not injected; the numbers go on")
def injected_among_others(it):
    it.vifs = [vif(v4()), injected(v4(dhcp_server="10.0.0.2"), nth=1), vif(nth=2), injected(v4(), nth=3),
               injected(v6(dhcp_server="2001:db8::2"), nth=4), injected(v6(), nth=5)]


@shape("injected subnets without addresses")
def injected_without_ips(it):
    it.vifs = [injected(v4(ips=()), v6(ips=()))]


@shape("injected with characters that HTML would escape")
def injected_awkward_text(it):
    it.vifs = [injected(v4(), address="<&\"'>é")]


# ---- flavors and the rows of instance_extra

@shape("no flavor: EC2 falls over from 2007-08-29 on")
def no_flavor(it):
    it.set("instance_extra", flavor=None)


@shape("the row of instance_extra holds nothing")
def extra_null(it):
    it.set("instance_extra", flavor=None, keypairs=None, device_metadata=None, numa_topology=None)


@shape("no row in instance_extra")
def no_extra_row(it):
    it.remove("instance_extra")


@shape("the flavor is no JSON")
def flavor_broken(it):
    it.set("instance_extra", flavor='{"cur": ')


@shape("an old flavor beside the current one, during a resize")
def flavor_resizing(it):
    it.flavor, it.old_flavor = {"name": "m1.large"}, {"name": "m1.small"}


@shape("a flavor as early novas wrote it, without disabled, is_public and the rest")
def flavor_of_an_early_nova(it):
    it.set("instance_extra", flavor=json.dumps({"new": None, "old": None, "cur": {
        "nova_object.version": "1.1", "nova_object.name": "Flavor", "nova_object.namespace": "nova",
        "nova_object.data": {"name": "m1.tiny", "memory_mb": 512, "vcpus": 1}}}))


@shape("a flavor's name with spaces and letters beyond ASCII")
def flavor_name_non_ascii(it):
    it.flavor = {"name": "größte Maschine 東京"}


@shape("a flavor whose name is null")
def flavor_name_null(it):
    it.flavor = {"name": None}


# ---- keys

@shape("no key pair")
def no_key(it):
    it.fields.update(key_name=None, key_data=None)
    it.keypairs = None


@shape("a key pair that was deleted before it was copied to the instance")
def deleted_key_pair(it):
    it.keypairs = None


@shape("a list of key pairs without one in it")
def key_pairs_empty(it):
    it.keypairs = []


@shape("an X.509 certificate as the key")
def x509_key(it):
    it.fields.update(key_name="cert", key_data=CERTIFICATE)
    it.keypairs = [{"name": "cert", "type": "x509", "public_key": CERTIFICATE}]


@shape("several key pairs: the first counts, whatever the key's name")
def several_key_pairs(it):
    it.fields.update(key_name="second")
    it.keypairs = [{"name": name, "type": "ssh", "public_key": name + " " + KEY} for name in ("first", "second")]


@shape("a key's name, but no data")
def key_without_data(it):
    it.fields.update(key_data=None)
    it.keypairs[0]["public_key"] = None


@shape("the key's name is empty text, with key pairs there")
def key_name_empty(it):
    it.fields.update(key_name="")


@shape("key pairs that are no JSON")
def key_pairs_broken(it):
    it.set("instance_extra", keypairs="{")


# ---- names and texts

@shape("names, metadata and key with letters beyond ASCII")
def non_ascii(it):
    it.fields.update(display_name="Büro 東京 ☃", hostname="büro-東京", key_name="schlüssel",
                     key_data="ssh-rsa AAAA jürgen@büro\n", availability_zone="zürich", reservation_id="r-é")
    it.keypairs = [{"name": "schlüssel", "type": "ssh", "public_key": "ssh-rsa AAAA jürgen@büro\n"}]
    it.metadata = {"größe": "groß", "東京": "☃", "\ufeffbom": "\ufffd"}


@shape("quotes, backslashes, control characters, DEL and U+2028 in names and metadata")
def awkward_text(it):
    text = "q\" b\\ s/ t\t n\n r\r c\x01\x1f d\x7f e\x80 l\u2028 p\u2029 <&'>"
    it.fields.update(display_name=text, hostname="a b", availability_zone=text, reservation_id=text, key_name=text)
    it.keypairs = [{"name": text, "type": "ssh", "public_key": text}]
    it.metadata = {text: text}


@shape("NULL in the columns that may be NULL, but for the host name")
def null_columns(it):
    it.set("instances", launch_index=None, availability_zone=None, reservation_id=None, display_name=None,
           root_device_name=None, image_ref=None, kernel_id=None, ramdisk_id=None, key_name=None, key_data=None,
           user_data=None)


@shape("no host name")
def null_hostname(it):
    it.set("instances", hostname=None)


@shape("no owner: nobody may ask")
def null_project(it):
    it.set("instances", project_id=None)


@shape("empty text in every column of text")
def empty_columns(it):
    it.set("instances", availability_zone="", reservation_id="", display_name="", root_device_name="", image_ref="",
           key_name="", key_data="", user_data="", hostname="", kernel_id="", ramdisk_id="",
           default_ephemeral_device="", default_swap_device="")


@shape("a large launch index, and a host name with dots")
def unusual_numbers(it):
    it.fields.update(launch_index=2147483647, hostname="a.b.c")


@shape("a negative launch index")
def negative_launch_index(it):
    it.fields.update(launch_index=-1)


# ---- EC2 ids

@shape("booted from a volume: no image, so no image's id")
def boot_from_volume(it):
    it.fields.update(image_ref="")
    it.disks = [disk("volume", "volume", "/dev/vda", boot_index=0)]


@shape("kernel and ramdisk")
def kernel_and_ramdisk(it):
    it.fields.update(kernel_id=fixed_uuid("kernel"), ramdisk_id=fixed_uuid("ramdisk"))


@shape("a kernel, and a ramdisk that is NULL")
def kernel_alone(it):
    it.fields.update(kernel_id=fixed_uuid("lonely kernel"), ramdisk_id=None)


@shape("image, kernel and ramdisk are one image")
def one_image_for_all(it):
    image = fixed_uuid("one image")
    it.fields.update(image_ref=image, kernel_id=image, ramdisk_id=image)


@shape("no EC2 ids yet: nova gives them")
def ec2_rows_missing(it):
    it.ec2_rows = None
    it.fields.update(kernel_id=fixed_uuid("new kernel"), ramdisk_id=fixed_uuid("new ramdisk"))


@shape("EC2 ids given twice, as two novas at once can: the first counts")
def ec2_rows_twice(it):
    it.ec2_rows = 2


@shape("EC2 ids that were deleted count")
def ec2_rows_deleted(it):
    it.ec2_deleted = 1


# ---- block devices

@shape("no block devices")
def no_disks(it):
    it.disks = []


@shape("volumes are sorted by device, those without one first")
def many_volumes(it):
    it.disks += [disk("volume", "volume", device) for device in
                 ("/dev/vdd", None, "/dev/vdb", "/dev/sda", None, "/dev/vdaa")]


@shape("several swap disks: the last counts, also over the instance's own column")
def several_swaps(it):
    it.disks += [disk("blank", "local", "/dev/vdb", "swap"), disk("blank", "local", "/dev/vdc", "swap")]
    it.fields.update(default_swap_device="/dev/vdz")


@shape("ephemeral disks are numbered in the order of their rows")
def several_ephemerals(it):
    it.disks += [disk("blank", "local", device, fs) for device, fs in
                 (("/dev/vdd", "ext4"), ("/dev/vdb", None), (None, "xfs"))]
    it.disks.insert(0, disk("blank", "local", "/dev/vdc", ""))


@shape("the instance's own columns for ephemeral and swap disks")
def default_devices(it):
    it.fields.update(default_ephemeral_device="/dev/vdb", default_swap_device="vdc", root_device_name="xvda1")


@shape("deleted block devices do not count")
def deleted_disks(it):
    it.disks += [disk("volume", "volume", "/dev/vdb"), disk("blank", "local", "/dev/vdc", "swap")]
    it.set("block_device_mapping", deleted=1)
    it.add("block_device_mapping", source_type="volume", destination_type="volume", device_name="/dev/vdd", deleted=0)


@shape("a blank volume is a volume; snapshots and images on volumes are too; NULL is nothing")
def blank_volume(it):
    it.disks = [disk("blank", "volume", "/dev/vdb"), disk("blank", "volume", "/dev/vdc", "swap"),
                disk("snapshot", "volume", "/dev/vdd"), disk("image", "volume", "/dev/vde"),
                disk("image", "local", "/dev/vdf")]
    it.add("block_device_mapping", device_name="/dev/vdg", deleted=0)


@shape("no root device: the mapping is nova's default, whatever the disks")
def no_root_device(it):
    it.fields.update(root_device_name=None)
    it.disks += [disk("volume", "volume", "/dev/vdb")]


# ---- user data

@shape("no user data")
def no_user_data(it):
    it.fields.update(user_data=None)


@shape("user data that is any bytes")
def user_data_binary(it):
    it.fields.update(user_data=encoded(bytes(range(256))))


@shape("user data that is text beyond ASCII")
def user_data_non_ascii(it):
    it.fields.update(user_data=encoded("#cloud-config\nmotd: Grüße aus 東京\n".encode()))


@shape("user data that is empty")
def user_data_empty(it):
    it.fields.update(user_data="")


@shape("user data of nearly the greatest size")
def user_data_large(it):
    it.fields.update(user_data=encoded(b"#!/bin/sh\n" + b"".join(b"echo %05d\n" % n for n in range(4450))))


@shape("user data with one more character after its padding")
def user_data_after_padding_one(it):
    it.set("instances", user_data="aGVsbG8=a")


@shape("user data without its padding, which Python does not decode")
def user_data_without_padding(it):
    it.set("instances", user_data="aGVsbG8")


@shape("user data with characters that are not base64's among them")
def user_data_with_rubbish(it):
    it.set("instances", user_data="aG-Vs!bG8_=")


@shape("user data with text after its padding")
def user_data_after_padding(it):
    it.set("instances", user_data="aGVsbG8=aGVsbG8=")


@shape("user data in lines, as base64 tools write it")
def user_data_in_lines(it):
    it.set("instances", user_data="IyEvYmlu\nL3NoCmVj\r\naG8gaGkK\n")


@shape("user data beyond ASCII in the column")
def user_data_column_non_ascii(it):
    it.set("instances", user_data="aGVsbGé8=")


# ---- metadata and passwords

@shape("no metadata")
def no_metadata(it):
    it.metadata = {}


@shape("metadata with empty keys and values")
def metadata_empty(it):
    it.metadata = {"": "", "empty": "", " ": " "}


@shape("a metadata value that is NULL")
def metadata_null(it):
    it.add("instance_metadata", key="nothing", value=None, deleted=0)


@shape("a hundred items of metadata, not in alphabetical order")
def metadata_many(it):
    it.metadata = {"key-%d" % (n * 37 % 100): "value %d" % n for n in range(100)}


@shape("deleted metadata does not count; of two rows for a key the last does, in the first's place")
def metadata_deleted(it):
    it.metadata = {"a": "1", "b": "2"}
    it.add("instance_metadata", key="c", value="deleted", deleted=1)
    it.add("instance_metadata", key="a", value="deleted too", deleted=4711)
    it.add("instance_metadata", key="a", value="last", deleted=0)


@shape("metadata keys that differ in case alone")
def metadata_case(it):
    it.metadata = {"Role": "1", "role": "2", "ROLE": "3"}


@shape("values that look like JSON stay text")
def metadata_json(it):
    it.metadata = {"n": "1", "t": "true", "o": '{"a": [1, null]}', "dsmode": "local"}


@shape("a password in one piece")
def password_short(it):
    it.system_metadata.update(password_0="c2VjcmV0")


@shape("a password in four pieces")
def password_long(it):
    it.system_metadata.update({"password_%d" % n: "ABCD"[n] * 255 for n in (2, 0, 3, 1)})


@shape("a password that was taken back: the pieces are empty")
def password_cleared(it):
    it.system_metadata.update({"password_%d" % n: "" for n in range(4)})


@shape("deleted pieces of a password count")
def password_deleted(it):
    it.system_metadata.update(password_0="live")
    it.add("instance_system_metadata", key="password_1", value="deleted", deleted=1)


@shape("any key that starts with password_ is a piece, in the order of Unicode")
def password_odd_keys(it):
    it.system_metadata.update({"password_x": "x", "password_10": "10", "password_2": "2", "password_": "_",
                               "password": "no", "Password_0": "no", "xpassword_0": "no"})


@shape("a piece of a password that is NULL")
def password_null(it):
    it.add("instance_system_metadata", key="password_0", value=None, deleted=0)


# ---- devices

def pci(address="0000:00:03.0"):
    from nova import objects
    return objects.PCIDeviceBus(address=address)


def scsi(address="0:0:0:1"):
    from nova import objects
    return objects.SCSIDeviceBus(address=address)


def nic(bus, **changes):
    from nova import objects
    return objects.NetworkInterfaceMetadata(bus=bus, mac="fa:16:3e:00:00:01", **changes)


def hard_disk(bus, **changes):
    from nova import objects
    return objects.DiskMetadata(bus=bus, **{"serial": "disk-vol-2352423", "path": "/dev/sda", **changes})


def primitive_devices(*devices):
    """Devices as instance_extra holds them, for what nova's objects would not build."""
    return json.dumps(primitive("InstanceDeviceMetadata", "1.0", devices=list(devices)))


def primitive(name, version, **data):
    return {"nova_object.name": name, "nova_object.namespace": "nova", "nova_object.version": version,
            "nova_object.data": data}


@shape("tagged interfaces with and without VLAN, trust and tags")
def devices_nics(it):
    it.devices = [nic(pci(), tags=["a", "b"], vlan=1000, vf_trusted=True), nic(pci(), tags=["a"]),
                  nic(pci(), vlan=0), nic(pci(), vf_trusted=False), nic(pci()), nic(pci(), tags=[])]


@shape("every bus")
def devices_buses(it):
    from nova import objects
    buses = [pci(), objects.USBDeviceBus(address="0:1"), scsi(), objects.IDEDeviceBus(address="0:0"),
             objects.XenDeviceBus(address="00000000"), objects.PCIDeviceBus()]
    it.devices = [hard_disk(bus, tags=["t"]) for bus in buses] + [nic(bus, tags=["t"]) for bus in buses]


@shape("disks with serial and path absent, null and empty")
def devices_disks(it):
    from nova import objects
    it.devices = [hard_disk(scsi()), hard_disk(scsi(), serial=None, path=None), hard_disk(scsi(), serial="", path=""),
                  objects.DiskMetadata(bus=scsi(), tags=["only"]), objects.DiskMetadata(bus=scsi(), serial="only"),
                  objects.DiskMetadata(bus=scsi())]


@shape("devices on a bus of no kind are left out")
def devices_unknown_bus(it):
    from nova import objects
    it.devices = [nic(objects.DeviceBus(), tags=["t"]), hard_disk(objects.DeviceBus()), nic(pci(), tags=["kept"])]


@shape("devices without a bus")
def devices_without_bus(it):
    it.set("instance_extra", device_metadata=primitive_devices(
        primitive("NetworkInterfaceMetadata", "1.2", mac="fa:16:3e:00:00:01", tags=["t"]),
        primitive("DiskMetadata", "1.0", tags=["t"], serial="s")))


@shape("interfaces of the first and second version of the object, without trust and VLAN")
def devices_of_an_early_nova(it):
    it.set("instance_extra", device_metadata=primitive_devices(
        primitive("NetworkInterfaceMetadata", "1.0", mac="fa:16:3e:00:00:01", bus=primitive(
            "PCIDeviceBus", "1.0", address="0000:00:03.0")),
        primitive("NetworkInterfaceMetadata", "1.1", mac="fa:16:3e:00:00:02", vlan=7, bus=primitive(
            "PCIDeviceBus", "1.0", address="0000:00:04.0"))))


@shape("devices of no kind are left out")
def devices_unknown_type(it):
    from nova import objects
    it.devices = [objects.DeviceMetadata(bus=pci(), tags=["t"]), nic(pci(), tags=["kept"])]


@shape("a list of devices without one in it")
def devices_none(it):
    it.devices = []


@shape("tags with letters beyond ASCII and quotes")
def devices_tags_non_ascii(it):
    it.devices = [hard_disk(scsi(), tags=["größe", "\"quoted\"", ""], serial="é")]


@shape("devices that are no JSON")
def devices_broken(it):
    it.set("instance_extra", device_metadata="{")


# ---- NUMA

def numa_cell(number, shared=(), pinned=(), policy="dedicated"):
    from nova import objects
    return objects.InstanceNUMACell(id=number, cpuset=set(shared), pcpuset=set(pinned), memory=1024, cpu_policy=policy)


def primitive_numa(*cells):
    return json.dumps(primitive("InstanceNUMATopology", "1.3", instance_uuid=fixed_uuid("numa"), cells=list(cells)))


def legacy_cell(number, cpus, policy, **more):
    """A cell of InstanceNUMACell 1.4 (until Ussuri), which has no pcpuset."""
    return primitive("InstanceNUMACell", "1.4", id=number, cpuset=cpus, memory=1024, pagesize=None,
                     cpu_policy=policy, cpu_thread_policy=None, cpuset_reserved=None, cpu_pinning_raw=None, **more)


@shape("NUMA without pinned CPUs")
def numa_shared(it):
    it.numa = [numa_cell(0, shared={0, 1}, policy="shared"), numa_cell(1, shared={2, 3}, policy=None)]


@shape("pinned CPUs")
def numa_dedicated(it):
    it.numa = [numa_cell(0, pinned={0, 1}), numa_cell(1, pinned={2, 3})]


@shape("CPUs of which some are pinned")
def numa_mixed(it):
    it.numa = [numa_cell(0, shared={0}, pinned={1, 2}, policy="mixed"), numa_cell(1, shared={3}, pinned=(), policy="mixed")]


@shape("pinned CPUs of several cells out of order")
def numa_out_of_order(it):
    it.numa = [numa_cell(1, pinned={12, 2, 10}), numa_cell(0, pinned={11, 1, 100})]


@shape("a pinned cell of InstanceNUMACell 1.4: cpuset stands in for pcpuset")
def numa_legacy_dedicated(it):
    it.set("instance_extra", numa_topology=primitive_numa(
        legacy_cell(0, [0, 1], "dedicated"), legacy_cell(1, [3, 2], "dedicated")))


@shape("a cell of InstanceNUMACell 1.4 that is not pinned: it has no pcpuset at all")
def numa_legacy_shared(it):
    it.set("instance_extra", numa_topology=primitive_numa(legacy_cell(0, [0, 1], "shared")))


@shape("cells of InstanceNUMACell 1.4, pinned with an empty cpuset")
def numa_legacy_empty(it):
    it.set("instance_extra", numa_topology=primitive_numa(legacy_cell(0, [], "dedicated")))


@shape("a topology from before Liberty, not versioned")
def numa_before_liberty(it):
    it.set("instance_extra", numa_topology=json.dumps({"cells": [
        {"id": 0, "cpus": "0-1,^1", "mem": {"total": 1024}, "pagesize": 4}, {"id": 1, "cpus": "2,3", "mem": {"total": 1024}}]}))


@shape("a topology without cells")
def numa_without_cells(it):
    it.numa = []


@shape("a topology that is no JSON")
def numa_broken(it):
    it.set("instance_extra", numa_topology="{")


# ---- cells and mappings

@shape("in the second cell, whose connection is a template")
def second_cell(it):
    it.live_in("second")
    it.fields.update(display_name="Büro 東京")


@shape("no EC2 ids yet in the second cell")
def second_cell_ec2_rows_missing(it):
    it.live_in("second")
    it.ec2_rows = None


@shape("no mapping in the API database: looked for in the first cell")
def unmapped(it):
    it.mapping = None


@shape("no mapping, and not in the first cell")
def unmapped_elsewhere(it):
    it.live_in("second")
    it.mapping = None


@shape("a mapping without a cell, as before scheduling")
def mapped_nowhere(it):
    it.mapping = "nowhere"


@shape("a mapping to another cell than the instance is in")
def mapped_wrongly(it):
    it.mapping = "second"


@shape("a deleted instance")
def soft_deleted(it):
    it.set("instances", deleted=1)
