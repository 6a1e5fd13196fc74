type Numbers = Int32Array | Uint32Array | Float64Array;

/** So many numbers are copied before a view of them is made. */
const FEW = 16;

/** A list of numbers that grows, and is given as an array of its exact size. */
export class Column<A extends Numbers> {
  length = 0;

  /** @param make an array of so many numbers */
  constructor(
    private readonly make: (length: number) => A,
    private numbers: A = make(1 << 8),
  ) {}

  push(number: number): void {
    if (this.length === this.numbers.length) this.grow();
    this.numbers[this.length++] = number;
  }

  /** Pushes the first `count` of some numbers. */
  append(numbers: Numbers, count: number): void {
    while (this.length + count > this.numbers.length) this.grow();
    if (count > FEW) this.numbers.set(numbers.subarray(0, count), this.length);
    else for (let i = 0; i < count; i++) this.numbers[this.length + i] = numbers[i]!;
    this.length += count;
  }

  at(place: number): number {
    return this.numbers[place]!;
  }

  set(place: number, number: number): void {
    this.numbers[place] = number;
  }

  /** What was pushed since the last call. */
  take(): A {
    const taken = this.make(this.length);
    taken.set(this.numbers.subarray(0, this.length));
    this.length = 0;
    return taken;
  }

  private grow(): void {
    const grown = this.make(this.numbers.length * 2);
    grown.set(this.numbers);
    this.numbers = grown;
  }
}

export const int32 = () => new Column((length) => new Int32Array(length));
export const uint32 = () => new Column((length) => new Uint32Array(length));
export const float64 = () => new Column((length) => new Float64Array(length));
