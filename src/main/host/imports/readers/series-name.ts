/** Name and seed of one of several trainings in a folder: `mixed-seed2` is seed 2 of `mixed`, `seed_2` one of what the folder around it is called. */
export function seriesOf(folder: string, around: string): { name: string; seed: number | null } {
  const [all, seed] = /(?:^|[-_. /])seed[-_= ]?(\d{1,9})$/i.exec(folder) ?? []
  const name = all === undefined ? folder : folder.slice(0, -all.length)
  return { name: name === '' || name === '.' ? around : name, seed: seed === undefined ? null : Number(seed) }
}
