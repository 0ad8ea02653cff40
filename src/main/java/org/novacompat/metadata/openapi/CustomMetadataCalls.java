// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * The four calls on the custom metadata of an instance, in the vendor's names and shapes; {@code
 * openapi.yaml} beside this class describes them.
 */
final class CustomMetadataCalls {
  private static final System.Logger LOG = System.getLogger(CustomMetadataCalls.class.getName());
  private static final String PATH = "/v4/ecs/metadata/";
  private static final String METADATA = "metadata";
  private static final String FORCE = "isForce";
  private static final String KEY = "metadataKey";

  private final RateLimitedLog limitedLog = new RateLimitedLog(LOG);
  private final String region;
  private final CustomMetadata store;
  private final Consumer<String> changed;

  /**
   * Serves the calls.
   *
   * @param region the region that callers must name
   * @param store where custom metadata is kept
   * @param changed told the UUID of each instance whose metadata may have changed
   */
  CustomMetadataCalls(String region, CustomMetadata store, Consumer<String> changed) {
    this.region = region;
    this.store = store;
    this.changed = changed;
  }

  /** Reads or changes the custom metadata of an instance. */
  private interface StoreAction {
    Map<String, String> apply(CustomMetadataTarget target)
        throws CustomMetadataRefusedException, StoreUnavailableException;
  }

  /**
   * Answers a call.
   *
   * @param request the call
   * @param caller who made it
   * @throws RefusedException when it is unknown or fails
   */
  JsonAnswer answer(ReceivedCall request, VerifiedCall caller) throws RefusedException {
    return switch (request.path()) {
      case PATH + "create" -> create(bodyOf(request, caller), caller);
      case PATH + "update" -> update(bodyOf(request, caller), caller);
      case PATH + "delete" -> delete(bodyOf(request, caller), caller);
      case PATH + "details" -> details(queryOf(request), caller);
      default ->
          throw new RefusedException(
              ErrorCode.REQUEST_NOT_FOUND,
              "There is no such path; the calls are create, update, delete and details of"
                  + " /v4/ecs/metadata.");
    };
  }

  private JsonAnswer create(JsonObject body, VerifiedCall caller) throws RefusedException {
    InstanceReference reference = InstanceReference.of(body, METADATA);
    Map<String, String> metadata = metadata(body);
    requireSome(metadata);
    return JsonAnswer.changed(
        reference.instance(),
        change("create", reference, caller, target -> store.merge(target, metadata)));
  }

  private JsonAnswer update(JsonObject body, VerifiedCall caller) throws RefusedException {
    InstanceReference reference = InstanceReference.of(body, METADATA, FORCE);
    Map<String, String> metadata = metadata(body);
    if (body.bool(FORCE).orElse(false)) {
      return JsonAnswer.changed(
          reference.instance(),
          change("replacement", reference, caller, target -> store.replace(target, metadata)));
    }
    requireSome(metadata);
    return JsonAnswer.changed(
        reference.instance(),
        change("update", reference, caller, target -> store.merge(target, metadata)));
  }

  private JsonAnswer delete(JsonObject body, VerifiedCall caller) throws RefusedException {
    InstanceReference reference = InstanceReference.of(body);
    change("delete", reference, caller, target -> store.replace(target, Map.of()));
    return JsonAnswer.removed(reference.instance());
  }

  private JsonAnswer details(JsonObject query, VerifiedCall caller) throws RefusedException {
    InstanceReference reference = InstanceReference.of(query, KEY);
    Optional<String> key = query.string(KEY);
    Map<String, String> all = apply(store::read, reference, caller);
    if (key.isEmpty()) {
      return JsonAnswer.details(all);
    }
    if (!all.containsKey(key.get())) {
      throw new RefusedException(
          ErrorCode.METADATA_KEY_NOT_FOUND, "The instance's custom metadata has no such key.");
    }
    return JsonAnswer.details(Map.of(key.get(), all.get(key.get())));
  }

  private static JsonObject bodyOf(ReceivedCall request, VerifiedCall caller)
      throws RefusedException {
    requireMethod(request, Set.of("POST"));
    List<String> types = request.headers("Content-Type");
    if (types.size() != 1 || !isJson(types.get(0))) {
      throw new RefusedException(
          ErrorCode.REQUEST_UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json.");
    }
    if (!request.query().isEmpty()) {
      throw new RefusedException(
          ErrorCode.PARAMETER_UNKNOWN, "This call takes no query; its parameters are in the body.");
    }
    return JsonObject.parse(caller.body());
  }

  private static JsonObject queryOf(ReceivedCall request) throws RefusedException {
    requireMethod(request, Set.of("GET", "HEAD"));
    return JsonObject.ofQuery(request.query());
  }

  private static void requireMethod(ReceivedCall request, Set<String> methods)
      throws RefusedException {
    if (!methods.contains(request.method())) {
      throw new RefusedException(
          ErrorCode.REQUEST_METHOD_NOT_ALLOWED,
          "create, update and delete are called with POST, details with GET.");
    }
  }

  private static boolean isJson(String contentType) {
    return contentType.split(";", 2)[0].strip().equalsIgnoreCase(JsonAnswer.CONTENT_TYPE);
  }

  private static Map<String, String> metadata(JsonObject body) throws RefusedException {
    return body.object(METADATA).orElseThrow(() -> InstanceReference.missing(METADATA)).texts();
  }

  private static void requireSome(Map<String, String> metadata) throws RefusedException {
    if (metadata.isEmpty()) {
      throw new RefusedException(ErrorCode.PARAMETER_INVALID, "metadata has no key.");
    }
  }

  /** Guests' cache is told unless the store certainly changed nothing. */
  private Map<String, String> change(
      String name, InstanceReference reference, VerifiedCall caller, StoreAction action)
      throws RefusedException {
    boolean isUntouched = false;
    try {
      Map<String, String> now = apply(action, reference, caller);
      LOG.log(
          System.Logger.Level.INFO,
          "OpenAPI: {0} of the custom metadata of instance {1}, call {2}, access key {3}",
          name,
          reference.instance(),
          caller.id(),
          caller.key().id());
      return now;
    } catch (RefusedException e) {
      isUntouched = e.error() != ErrorCode.SERVICE_UNAVAILABLE;
      throw e;
    } finally {
      if (!isUntouched) {
        changed.accept(reference.instance());
      }
    }
  }

  private Map<String, String> apply(
      StoreAction action, InstanceReference reference, VerifiedCall caller)
      throws RefusedException {
    if (!reference.region().equals(region)) {
      throw new RefusedException(ErrorCode.REGION_NOT_FOUND, "regionID is not the region served.");
    }
    try {
      return action.apply(reference.target(caller.key().projects()));
    } catch (CustomMetadataRefusedException e) {
      throw new RefusedException(ErrorCode.of(e.reason()), e.getMessage());
    } catch (StoreUnavailableException e) {
      limitedLog.log(
          System.Logger.Level.ERROR,
          "OpenAPI: 503 for " + reference.instance() + ": " + e.getMessage());
      throw new RefusedException(
          ErrorCode.SERVICE_UNAVAILABLE, "The database cannot be asked now. Try again later.");
    }
  }
}
