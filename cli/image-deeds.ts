export const IMAGE_DEEDS = ['build', 'export', 'import'] as const

export type ImageDeed = (typeof IMAGE_DEEDS)[number]
