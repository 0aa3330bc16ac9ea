/**
 * Versions of the rule by which multiply-adds are counted (method 6.1). 1: networks of files by a rule of their own, until Exitlab 0.2.0;
 * 2: these as the built-in families, for which both are the same.
 */
export type CountingRule = 1 | 2

/** The one by which costs are shown. */
export const presentCounting = 2
