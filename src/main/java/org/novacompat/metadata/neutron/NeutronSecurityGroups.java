// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;
import org.novacompat.metadata.tree.SecurityGroups;

/**
 * The security groups of instances, asked of Neutron when a guest asks for them, and then believed
 * for as long as the rest of what is known of an instance.
 */
final class NeutronSecurityGroups implements SecurityGroups {
  private static final long MOST_INSTANCES = 200_000;

  private final ServiceClient<NeutronApi> neutron;
  private final Gathering gathering;
  private final boolean keeps;
  private final ConcurrentMap<String, CompletableFuture<List<String>>> answers;

  /**
   * Knows nothing yet.
   *
   * @param neutron who is asked
   * @param expiry how long an answer is believed; with zero only those who ask at the same time
   *     share one
   */
  NeutronSecurityGroups(ServiceClient<NeutronApi> neutron, Duration expiry) {
    this.neutron = neutron;
    this.gathering = new Gathering(new GroupNames(neutron)::of, neutron.workers());
    this.keeps = !expiry.isZero();
    Caffeine<Object, Object> cache = Caffeine.newBuilder().maximumSize(MOST_INSTANCES);
    if (keeps) {
      cache.expireAfterWrite(expiry);
    }
    this.answers = cache.<String, CompletableFuture<List<String>>>build().asMap();
  }

  @Override
  public List<String> namesOf(Instance instance) throws StoreUnavailableException {
    String uuid = instance.uuid();
    CompletableFuture<List<String>> kept = answers.get(uuid);
    if (kept == null) {
      if (neutron.isPausing()) {
        throw new StoreUnavailableException("Neutron is left alone after failures", null);
      }
      CompletableFuture<List<String>> asked = new CompletableFuture<>();
      kept = answers.putIfAbsent(uuid, asked);
      if (kept == null) {
        kept = asked;
        asked.whenComplete((names, failure) -> forgetUnlessKept(uuid, asked, failure));
        gathering.add(uuid, asked);
      }
    }
    return await(kept);
  }

  private void forgetUnlessKept(
      String uuid, CompletableFuture<List<String>> asked, Throwable failure) {
    if (!keeps || failure != null) {
      answers.remove(uuid, asked);
    }
  }

  private List<String> await(CompletableFuture<List<String>> asked)
      throws StoreUnavailableException {
    try {
      return asked.get(neutron.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StoreUnavailableException("Neutron takes too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted", e);
    } catch (ExecutionException e) {
      throw new StoreUnavailableException("Neutron cannot be asked", e.getCause());
    }
  }
}
