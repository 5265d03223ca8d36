/** A matrix written down column by column (csc) or row by row (csr): `across` is how many rows or columns each has. */
export function matrixOf(format: 'csc' | 'csr', across: number) {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  return {
    entry(place: number, value: number): void {
      indices.push(place);
      values.push(value);
    },
    end(): void {
      starts.push(indices.length);
    },
    whole: () => ({
      format,
      numRows: format === 'csc' ? across : starts.length - 1,
      numCols: format === 'csc' ? starts.length - 1 : across,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }),
  };
}
