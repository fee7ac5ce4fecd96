/** They do not come with us: an installation without containers does not pay for them. */
export const PACKAGES = ['testcontainers', '@testcontainers/kafka', '@testcontainers/postgresql'] as const
