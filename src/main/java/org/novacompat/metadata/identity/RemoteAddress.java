// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/**
 * Knows a guest by the address that its request comes from ({@code nova/api/metadata/handler.py:
 * _handle_remote_ip_request}).
 */
public final class RemoteAddress implements GuestIdentifier {
  private static final System.Logger LOG = System.getLogger(RemoteAddress.class.getName());

  private final ClientAddressResolver clientAddress;
  private final Book book;
  private final AtomicBoolean warned = new AtomicBoolean();

  /** Which guests have an address. */
  @FunctionalInterface
  public interface Book {
    /**
     * Finds the guests with an address; several when networks overlap.
     *
     * @throws StoreUnavailableException when the answer cannot be known now
     */
    List<Caller.Guest> guestsWith(Ip address) throws StoreUnavailableException;
  }

  /**
   * Looks addresses up in a book.
   *
   * @param clientAddress tells where a request comes from
   * @param book tells which guests have an address
   */
  public RemoteAddress(ClientAddressResolver clientAddress, Book book) {
    this.clientAddress = clientAddress;
    this.book = book;
  }

  @Override
  public Caller identify(GuestRequest request) throws StoreUnavailableException {
    warnOfProxyHeaders(request);
    Optional<Ip> address = Ip.parsePeer(clientAddress.of(request));
    return address.isPresent()
        ? guestWith(address.get())
        : new Caller.Unidentified(Reason.UNKNOWN_ADDRESS);
  }

  private Caller guestWith(Ip address) throws StoreUnavailableException {
    List<Caller.Guest> guests = book.guestsWith(address);
    return switch (guests.size()) {
      case 0 -> new Caller.Unidentified(Reason.UNKNOWN_ADDRESS);
      case 1 -> guests.get(0);
      default ->
          new Caller.Unidentified(
              Reason.SHARED_ADDRESS, String.valueOf(guests.size()), address.toString());
    };
  }

  private void warnOfProxyHeaders(GuestRequest request) {
    if (!request.headers("X-Instance-ID").isEmpty() && warned.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "X-Instance-ID present in request headers. The [neutron] service_metadata_proxy option must"
              + " be enabled to process this header.");
    }
  }
}
