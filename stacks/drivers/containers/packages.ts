/** They do not come with us: who uses no containers does not pay for them. */
export const PACKAGES = ['testcontainers', '@testcontainers/kafka', '@testcontainers/postgresql'] as const
