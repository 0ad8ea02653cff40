-- SPDX-License-Identifier: Apache-2.0
-- For wrk: what guests ask for, rotated over the instances of the file $BENCH_TARGETS, whose lines are UUID,
-- signature, fixed address and project, with tabs between: of requests that are under way at the same time, as few
-- as can be are for one instance, whose load they would share. Prints its findings as one line of JSON; "closed" is
-- what wrk calls read errors: mostly a server that closes each connection after its answer, as uWSGI does.
local paths, guests, requests = {}, {}, {}
for path in io.lines(os.getenv("BENCH_PATHS")) do
  paths[#paths + 1] = path
end
for line in io.lines(os.getenv("BENCH_TARGETS")) do
  local uuid, signature, address, project = line:match("([^\t]+)\t([^\t]+)\t([^\t]+)\t([^\t]+)")
  guests[#guests + 1] = " HTTP/1.1\r\nHost: 169.254.169.254\r\nX-Instance-ID: " .. uuid ..
    "\r\nX-Instance-ID-Signature: " .. signature .. "\r\nX-Forwarded-For: " .. address ..
    "\r\nX-Tenant-ID: " .. project .. "\r\n\r\n"
end
for round = 1, #paths do
  for i, guest in ipairs(guests) do
    requests[#requests + 1] = "GET " .. paths[(i + round) % #paths + 1] .. guest
  end
end

local n = 0
function request()
  n = n + 1
  return requests[n % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "max_ms": %.3f, "bytes": %d,' ..
    ' "closed": %d, "errors": {"connect": %d, "write": %d, "timeout": %d, "status": %d}}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, summary.bytes, errors.read, errors.connect, errors.write, errors.timeout, errors.status))
end
