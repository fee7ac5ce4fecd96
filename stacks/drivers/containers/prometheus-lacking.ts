export const PROMETHEUS_LACKING =
  'prometheus: the driver "containers" starts none yet; prove O2 with --stack processes'
