/** Numbers that look random and are the same each time for the same seed: a demo book must be the same all day. */
export interface Random {
	/** A whole number from `least` to `most`, both included. */
	whole(least: number, most: number): number;
	chance(percent: number): boolean;
	pick<T>(choices: readonly [T, ...T[]]): T;
}

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state, and even enough for made-up purchases. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	};
	const whole = (least: number, most: number) => least + (next() % (most - least + 1));
	return {
		whole,
		chance: (percent) => whole(1, 100) <= percent,
		pick: ([first, ...others]) => {
			const index = whole(0, others.length);
			return index === 0 ? first : (others[index - 1] ?? first);
		},
	};
}
