/** What a cluster would need here; said before Testcontainers is loaded. */
export const KUBERNETES_LACKING =
  'kubernetes: the driver "containers" starts no cluster yet; prove O1 and O3 with --stack processes'
