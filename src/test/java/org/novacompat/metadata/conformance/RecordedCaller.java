// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;

/** The ways in which the recorded requests said who asks: rightly, or wrongly in some way. */
public enum RecordedCaller {
  GUEST {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return signedFor(guest.instance(), guest, sign);
    }
  },
  NOBODY {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return Map.of();
    }
  },
  NO_INSTANCE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return without(INSTANCE, GUEST.headers(guest, sign));
    }
  },
  NO_TENANT {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return without(TENANT, GUEST.headers(guest, sign));
    }
  },
  NO_SIGNATURE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return without(SIGNATURE, GUEST.headers(guest, sign));
    }
  },
  BAD_SIGNATURE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return with(SIGNATURE, "0".repeat(64), GUEST.headers(guest, sign));
    }
  },
  SHORT_SIGNATURE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      final String signature = sign.apply(guest.instance());
      return with(
          SIGNATURE, signature.substring(0, signature.length() - 1), GUEST.headers(guest, sign));
    }
  },
  UPPER_CASE_SIGNATURE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      final String signature = sign.apply(guest.instance()).toUpperCase(Locale.ROOT);
      return with(SIGNATURE, signature, GUEST.headers(guest, sign));
    }
  },
  EMPTY_SIGNATURE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return with(SIGNATURE, "", GUEST.headers(guest, sign));
    }
  },
  OTHER_TENANT {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return with(TENANT, "0".repeat(32), GUEST.headers(guest, sign));
    }
  },
  EMPTY_TENANT {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return with(TENANT, "", GUEST.headers(guest, sign));
    }
  },
  UNKNOWN_INSTANCE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return signedFor("00000000-0000-4000-8000-000000000000", guest, sign);
    }
  },
  NO_UUID {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return signedFor("nonsense", guest, sign);
    }
  },
  EMPTY_INSTANCE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return signedFor("", guest, sign);
    }
  },
  UPPER_CASE_INSTANCE {
    @Override
    public Map<String, String> headers(Guest guest, UnaryOperator<String> sign) {
      return signedFor(guest.instance().toUpperCase(Locale.ROOT), guest, sign);
    }
  };

  private static final String INSTANCE = "X-Instance-ID";
  private static final String TENANT = "X-Tenant-ID";
  private static final String SIGNATURE = "X-Instance-ID-Signature";

  /**
   * The proxy's headers of such a request.
   *
   * @param guest who would ask rightly
   * @param sign gives an instance id's signature in hexadecimal
   */
  public abstract Map<String, String> headers(Guest guest, UnaryOperator<String> sign);

  /** The name in the recordings, such as {@code bad-signature}. */
  String recorded() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static RecordedCaller of(String recorded) {
    return valueOf(recorded.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Map<String, String> signedFor(
      String instance, Guest guest, UnaryOperator<String> sign) {
    final Map<String, String> headers = new LinkedHashMap<>();
    headers.put(INSTANCE, instance);
    headers.put(TENANT, guest.tenant());
    headers.put(SIGNATURE, sign.apply(instance));
    guest.address().ifPresent(address -> headers.put("X-Forwarded-For", address));
    return headers;
  }

  private static Map<String, String> with(String name, String value, Map<String, String> headers) {
    final Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> without(String name, Map<String, String> headers) {
    final Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(name);
    return changed;
  }
}
