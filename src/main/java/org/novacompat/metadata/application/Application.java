// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.novacompat.metadata.cache.CacheSettings;
import org.novacompat.metadata.cache.InstanceCache;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.DatabaseOptions;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.microprofile.ServerConfiguration;
import org.novacompat.metadata.config.paste.ApiPaste;
import org.novacompat.metadata.http.DrainState;
import org.novacompat.metadata.http.GuestServlet;
import org.novacompat.metadata.http.Healthcheck;
import org.novacompat.metadata.http.RequestCount;
import org.novacompat.metadata.identity.GuestIdentifiers;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.neutron.Neutron;
import org.novacompat.metadata.nova.custommetadata.NovaCustomMetadata;
import org.novacompat.metadata.nova.custommetadata.SharedRequestIds;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.database.PoolSettings;
import org.novacompat.metadata.nova.instances.FixedIps;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.nova.instances.NovaPasswords;
import org.novacompat.metadata.nova.release.NovaRelease;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.SecurityGroups;
import org.novacompat.metadata.tree.VendorDocuments;
import org.novacompat.metadata.tree.esurfing.EsurfingSettings;
import org.novacompat.metadata.tree.openstack.NetworkStyle;
import org.novacompat.metadata.tree.openstack.OpenStackTree;
import org.novacompat.metadata.vendordata.StaticVendorData;

/**
 * Puts the web application together from nova.conf, without a container for injection, for which
 * each request would pay.
 */
public final class Application implements ServletContextListener {
  private static final System.Logger LOG = System.getLogger(Application.class.getName());

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Made by the servlet container. */
  public Application() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    serve(ServerConfiguration.read(), event.getServletContext());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "while ending", e);
      }
    }
  }

  private void serve(NovaConf conf, ServletContext context) {
    conf.warnOnce(warning -> LOG.log(System.Logger.Level.WARNING, "{0}", warning));
    NovaDatabase database = NovaDatabase.open(databaseSettings(conf));
    parts.push(database);
    Optional<Neutron> neutron = Neutron.open(conf);
    neutron.ifPresent(parts::push);
    neutron.ifPresent(Neutron::prepare);
    Duration expiry = conf.get(Catalogue.API.metadataCacheExpiration);
    PresentedRelease release = new PresentedRelease();
    VendorDocuments vendorData =
        new StaticVendorData(
            conf.get(Catalogue.API.vendordataProviders),
            conf.get(Catalogue.API.vendordataJsonfilePath));
    Function<ApiRelease, GuestTrees> treesOf =
        treesOf(conf, vendorData, securityGroups(conf, neutron, expiry));
    AtomicReference<GuestTrees> trees = new AtomicReference<>(treesOf.apply(ApiRelease.latest()));
    release.subscribe(presented -> trees.set(treesOf.apply(presented)));
    Optional<NovaRelease> found = present(release, conf, database);
    NovaInstances instances = new NovaInstances(database, found);
    InstanceCache cache = new InstanceCache(instances, cacheSettings(conf, expiry));
    parts.push(cache);
    ApiRelease likely = release.known().orElse(ApiRelease.latest());
    Thread warmUp =
        new WarmUp(
                instances.forWarmUp(),
                treesOf(conf, vendorData, instance -> List.of()).apply(likely))
            .begin();
    published(
        "InstanceCache", cache.statistics(), "The figures of the instance cache are not published");
    ApiPaste paste = apiPaste(conf);
    GuestIdentifiers callers =
        new GuestIdentifiers(
            conf,
            neutron.map(Neutron::ports),
            () -> new FixedIps(database),
            () -> new ClientAddressResolvers(conf, paste, release).resolver());
    DrainState drain =
        published("Drain", new DrainState(), "This node will not tell balancers when it ends");
    GuestServlet guest =
        new GuestServlet(
            new Healthcheck(paste.disablingFile(), drain),
            drain,
            published("Requests", new RequestCount(), "The count of requests cannot be published"),
            callers.identifier(),
            trees::get,
            cache,
            new NovaPasswords(database));
    context.addServlet("guest", guest).addMapping("/*");
    new Endpoints(
            conf, () -> requestIds(database), () -> customMetadata(conf, database), cache::forget)
        .addTo(context);
    await(warmUp, found);
  }

  /** Presents the release that nova.conf names, or the one that the databases are of. */
  private Optional<NovaRelease> present(
      PresentedRelease release, NovaConf conf, NovaDatabase database) {
    Optional<ApiRelease> named = conf.get(Catalogue.NOVA_COMPAT.apiRelease);
    if (named.isPresent()) {
      release.present(named.get());
      LOG.log(
          System.Logger.Level.INFO,
          "Presenting the metadata API of {0}: so says [nova_compat] api_release",
          named.get());
      return Optional.empty();
    }
    NovaRelease found = NovaRelease.open(database, release::present);
    parts.push(found);
    return Optional.of(found);
  }

  private static void await(Thread warmUp, Optional<NovaRelease> release) {
    long end = System.nanoTime() + WarmUp.TIMEOUT.toNanos();
    try {
      warmUp.join(WarmUp.TIMEOUT.toMillis());
      if (release.isPresent()) {
        release.get().awaitFirstReading(Duration.ofNanos(end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CustomMetadata customMetadata(NovaConf conf, NovaDatabase database) {
    return new NovaCustomMetadata(database, conf.get(Catalogue.ESURFING.metadataItems));
  }

  private static RequestIds requestIds(NovaDatabase database) {
    SharedRequestIds ids = new SharedRequestIds(database);
    ids.prepare();
    return ids;
  }

  private static CacheSettings cacheSettings(NovaConf conf, Duration expiry) {
    return new CacheSettings(
        expiry,
        conf.get(Catalogue.NOVA_COMPAT.serveStaleSeconds),
        conf.get(Catalogue.NOVA_COMPAT.cacheMaxMib));
  }

  /** Publishes a bean over JMX, until the end; without it guests are served all the same. */
  private <T> T published(String type, T bean, String otherwise) {
    try {
      parts.push(ManagementBean.publish(type, bean));
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", otherwise, e);
    }
    return bean;
  }

  private static ApiPaste apiPaste(NovaConf conf) {
    ApiPaste paste = ApiPaste.of(conf);
    paste.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, "{0}", warning));
    return paste;
  }

  /** Without Neutron, where nova serves nothing, instances are shown no security group. */
  private static SecurityGroups securityGroups(
      NovaConf conf, Optional<Neutron> neutron, Duration expiry) {
    return neutron
        .map(
            asked ->
                asked.securityGroups(expiry, conf.get(Catalogue.NOVA_COMPAT.serveStaleSeconds)))
        .orElseGet(() -> instance -> List.of());
  }

  private static Function<ApiRelease, GuestTrees> treesOf(
      NovaConf conf, VendorDocuments vendorData, SecurityGroups securityGroups) {
    return release -> treeSettings(conf, release).trees(vendorData, securityGroups);
  }

  private static TreeSettings treeSettings(NovaConf conf, ApiRelease release) {
    return new TreeSettings(
        conf.get(Catalogue.API.dhcpDomain),
        OpenStackTree.newestVersionOf(release.nova()),
        release.showsNetworksAsBeforeZed() ? NetworkStyle.TRAIN : NetworkStyle.ZED,
        Clock.systemUTC(),
        conf.get(Catalogue.DEFAULT.injectedNetworkTemplate),
        esurfing(conf));
  }

  private static Optional<EsurfingSettings> esurfing(NovaConf conf) {
    if (!conf.get(Catalogue.ESURFING.enabled)) {
      return Optional.empty();
    }
    return Optional.of(
        new EsurfingSettings(
            DerivedOptions.region(conf),
            switch (conf.get(Catalogue.ESURFING.ownerAccount)) {
              case PROJECT -> EsurfingSettings.OwnerAccount.PROJECT;
              case USER -> EsurfingSettings.OwnerAccount.USER;
            }));
  }

  static NovaDatabaseSettings databaseSettings(NovaConf conf) {
    DatabaseUrl database =
        DerivedOptions.database(conf, Catalogue.DATABASE)
            .orElseThrow(() -> new IllegalStateException("[database] connection is not set"));
    return new NovaDatabaseSettings(
        DerivedOptions.database(conf, Catalogue.API_DATABASE),
        pool(conf, Catalogue.API_DATABASE),
        database,
        pool(conf, Catalogue.DATABASE),
        conf.get(Catalogue.API.localMetadataPerCell));
  }

  private static PoolSettings pool(NovaConf conf, DatabaseOptions options) {
    return new PoolSettings(
        conf.get(options.maxPoolSize),
        conf.get(options.maxOverflow),
        conf.get(options.poolTimeout),
        conf.get(options.connectionRecycleTime),
        DerivedOptions.connectionOptions(conf, options));
  }
}
