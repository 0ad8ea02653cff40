// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Takes the one document that guests may write, and once only: their password, encrypted by
 * themselves ({@code nova/api/metadata/password.py: handle_password}).
 *
 * @param store where it is kept
 */
record PasswordHandler(PasswordStore store) {
  private static final int MAX_BYTES = 1020;
  private static final GuestError TOO_LARGE = GuestError.badRequest("Request is too large.");

  /**
   * Takes a request that is no GET.
   *
   * @return what is wrong with it; empty when its password is stored
   * @throws StoreUnavailableException when it cannot be stored now
   */
  Optional<GuestError> take(HttpServletRequest request, Instance instance)
      throws StoreUnavailableException {
    if (!request.getMethod().equals("POST")) {
      return Optional.of(GuestError.badRequest("GET and POST only are supported."));
    }
    if (instance.password().isPresent()) {
      return Optional.of(GuestError.CONFLICT);
    }
    if (request.getContentLengthLong() > MAX_BYTES) {
      return Optional.of(TOO_LARGE);
    }
    return store(request, instance.uuid());
  }

  private Optional<GuestError> store(HttpServletRequest request, String instance)
      throws StoreUnavailableException {
    try {
      byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
      return body.length > MAX_BYTES
          ? Optional.of(TOO_LARGE)
          : refusal(store.store(instance, text(body)), instance);
    } catch (CharacterCodingException e) {
      return Optional.of(GuestError.badRequest("The password is not UTF-8."));
    } catch (IOException e) {
      return Optional.of(GuestError.badRequest("The request is incomplete."));
    }
  }

  private static String text(byte[] body) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }

  private static Optional<GuestError> refusal(PasswordStore.Outcome outcome, String instance) {
    return switch (outcome) {
      case STORED -> Optional.empty();
      case ALREADY_SET -> Optional.of(GuestError.CONFLICT);
      case NO_INSTANCE ->
          Optional.of(GuestError.badRequest("Instance " + instance + " could not be found."));
      case UNSTORABLE ->
          Optional.of(GuestError.badRequest("The password has characters that cannot be stored."));
    };
  }
}
