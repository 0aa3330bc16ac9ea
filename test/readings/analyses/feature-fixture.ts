import { readFileSync } from 'node:fs'

interface Fixture {
  spectra: {
    name: string
    rows: number
    columns: number
    values: number[]
    /** Eigenvalues of AᵀA, descending, with and without the mean of each column. */
    centred: number[]
    plain: number[]
    covarianceRank: number
    matrixRank: number
  }[]
  informations: {
    name: string
    classes: number
    sigma: number
    dimensions: number
    references: number[]
    labels: number[]
    samples: number[]
    origins: number[]
    input: number[]
    label: number[]
  }[]
}

/** Made by fixtures/make_features.py. */
export const featureFixture: Fixture = JSON.parse(
  readFileSync(new URL('fixtures/features.json', import.meta.url), 'utf8'),
)
