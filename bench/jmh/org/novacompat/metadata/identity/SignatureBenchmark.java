// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.concurrent.TimeUnit;
import org.novacompat.metadata.signature.SharedSecret;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The check of who asks, at every request that neutron's metadata agent passes on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignatureBenchmark {
  private static final String INSTANCE = "6f70656e-7374-4163-8000-000000000001";

  /** HMAC-SHA256 of the instance under the secret. */
  private static final String SIGNATURE =
      "05962a5a42ce4fdb36bdc56e7aca54f5045f3fc47a879ddebf7cd473124f8257";

  private final SharedSecret secret = new SharedSecret("secret");
  private final SignedProxy proxy = new SignedProxy(secret);
  private final GuestRequest request =
      SentRequest.from("192.0.2.1")
          .with("X-Instance-ID", INSTANCE)
          .with("X-Tenant-ID", "project-1")
          .with("X-Instance-ID-Signature", SIGNATURE)
          .with("X-Forwarded-For", "10.0.0.5");

  /** One signature. */
  @Benchmark
  public boolean signed() {
    return secret.isSigned(INSTANCE, SIGNATURE);
  }

  /** From the headers to the guest. */
  @Benchmark
  public Caller identified() {
    Caller caller = proxy.identify(request);
    if (!(caller instanceof Caller.Guest)) {
      throw new IllegalStateException("the signature is wrong");
    }
    return caller;
  }
}
