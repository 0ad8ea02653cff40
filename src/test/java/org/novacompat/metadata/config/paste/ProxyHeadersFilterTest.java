// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.paste;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.config.NovaConf;

class ProxyHeadersFilterTest {
  private static final ProxyHeadersFilter THERE =
      new ProxyHeadersFilter(Optional.of(true), Optional.empty());

  /** The sections that nova ships since Zed, in other words. */
  private static final String ZED =
      """
      [composite:metadata]
      use = egg:Paste#urlmap
      /: meta
      [pipeline:meta]
      pipeline = cors http_proxy_to_wsgi metaapp
      [app:metaapp]
      paste.app_factory = nova.api.metadata.handler:MetadataRequestHandler.factory
      [pipeline:osapi]
      pipeline = http_proxy_to_wsgi metaapp
      [filter:cors]
      paste.filter_factory = oslo_middleware.cors:filter_factory
      [filter:http_proxy_to_wsgi]
      paste.filter_factory = oslo_middleware.http_proxy_to_wsgi:HTTPProxyToWSGI.factory
      """;

  @TempDir private Path folder;

  private ProxyHeadersFilter in(String paste) throws Exception {
    Files.writeString(folder.resolve("api-paste.ini"), paste);
    return read().proxyHeaders();
  }

  private ApiPaste read(String... lines) throws Exception {
    Path conf = Files.write(folder.resolve("nova.conf"), List.of(lines));
    return ApiPaste.of(
        NovaConf.load(List.of(conf), List.of(), Map.of("HOME", folder.resolve("home").toString())));
  }

  @Test
  void isThereAsNovaShipsItSinceZedAndNotBefore() throws Exception {
    assertEquals(THERE, in(ZED));
    assertEquals(
        ProxyHeadersFilter.ABSENT,
        in(ZED.replace("cors http_proxy_to_wsgi metaapp", "cors metaapp")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use = egg:oslo.middleware#http_proxy_to_wsgi",
        "paste.filter_factory = oslo_middleware:HTTPProxyToWSGI.factory",
        "use = call:oslo_middleware.http_proxy_to_wsgi:HTTPProxyToWSGI.factory",
        "use = other\n[filter:other]\nuse = egg:oslo.middleware#http_proxy_to_wsgi",
      })
  void isKnownByItsFactoryWhateverItsName(String factory) throws Exception {
    assertEquals(
        THERE,
        in(
            """
            [composite:metadata]
            use = call:nova.api.openstack.urlmap:urlmap_factory
            / = here
            /healthcheck = elsewhere
            [pipeline:here]
            pipeline = believing
              metaapp
            [filter:believing]
            """
                + factory));
    assertEquals(
        ProxyHeadersFilter.ABSENT,
        in(
            ZED.replace(
                "oslo_middleware.http_proxy_to_wsgi:HTTPProxyToWSGI.factory", "example:factory")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[pipeline:metadata]\npipeline = egg:oslo.middleware#http_proxy_to_wsgi metaapp\n",
        "[app:metadata]\nuse = metaapp\nfilter-with = http_proxy_to_wsgi\n",
        "[app:metadata]\nuse = meta\n",
        "[composite:metadata]\nuse = egg:Paste#urlmap\n/ = meta\n",
        "[filter-app:metadata]\nuse = http_proxy_to_wsgi\nnext = metaapp\n",
        "[filter-app:metadata]\nuse = cors\nnext = meta\n",
        "[pipeline:metadata]\npipeline = cors meta\n",
        "[pipeline:metadata]\npipeline = both metaapp\n[filter:both]\nuse = cors\n"
            + "filter-with = http_proxy_to_wsgi\n",
      })
  void isFoundWhereverPasteDeployWouldPassIt(String metadata) throws Exception {
    assertEquals(THERE, in(metadata + ZED.substring(ZED.indexOf("[pipeline:meta]"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[composite:metadata]\nuse = metadata\n",
        "[composite:metadata]\n/ = metadata\n",
        "[pipeline:metadata]\npipeline = metadata metadata\n",
        "[pipeline:metadata]\npipeline =\n",
        "[pipeline:metadata]\npipeline = a b\n[filter:a]\nuse = a\n",
        "[composite:metadata]\nuse = egg:Paste#urlmap\n/v1 = meta\n",
      })
  void isNotThereWhereThatCannotBeSeen(String paste) throws Exception {
    assertEquals(ProxyHeadersFilter.ABSENT, in(paste));
  }

  @Test
  void itsOwnSettingComesAlong() throws Exception {
    for (String text : List.of("true", "1", "Yes")) {
      assertEquals(
          new ProxyHeadersFilter(Optional.of(true), Optional.of(true)),
          in(ZED + "enable_proxy_headers_parsing = " + text + "\n"));
    }
    assertEquals(
        new ProxyHeadersFilter(Optional.of(true), Optional.of(false)),
        in("[DEFAULT]\nenable_proxy_headers_parsing = false\n" + ZED));
    assertEquals(THERE, in(ZED + "enable_proxy_headers_parsing = perhaps\n"));
    assertEquals(THERE, in(ZED + "[filter:o]\nenable_proxy_headers_parsing = true\n"));
  }

  @Test
  void isNotKnownWithoutTheFileAndNotBelievedWithAnUnreadableOne() throws Exception {
    assertEquals(
        ProxyHeadersFilter.UNKNOWN, read("[wsgi]", "api_paste_config = none.ini").proxyHeaders());
    Files.createDirectory(folder.resolve("api-paste.ini"));
    assertEquals(ProxyHeadersFilter.ABSENT, read().proxyHeaders());
  }
}
