/**
 * What a workspace may hold. Generous for any city (250 indicators × 21 areas × 20 years × 6 groups is 630,000 rows, about
 * 60 MB), and small enough that no folder can exhaust the machine.
 */
export const limits = {
  /** Files of one workspace. */
  files: 5_000,
  /** Folders between the workspace and a file. */
  depth: 4,
  /** Bytes of one file, by how its name ends. */
  fileBytes: {
    csv: 256 * 1024 * 1024,
    yaml: 8 * 1024 * 1024,
    md: 2 * 1024 * 1024,
    geojson: 32 * 1024 * 1024,
    jpg: 4 * 1024 * 1024,
  },
  /** Bytes of all files together. */
  totalBytes: 512 * 1024 * 1024,
  /** Bytes of one line: the longest allowed note and reason in Chinese stay far below. */
  lineBytes: 65_536,
  /** Lines that one quoted cell may run over. */
  cellLines: 200,
  /** Columns of a table. */
  columns: 1_200,
  /** Lists and maps inside one another in a YAML file. */
  yamlDepth: 32,
  /** Values in one YAML file, counted after aliases are followed. */
  yamlNodes: 2_000_000,
  /** Aliases (`*name`) in one YAML file. */
  yamlAliases: 100,
  /** Findings told for one file; the rest are counted. */
  findingsPerFile: 200,
  /** Bytes of a path and of one name in it. */
  pathBytes: 400,
  nameBytes: 120,
} as const;
