/** Figures and capital letters of which no two look alike, and few sound alike, on any phone and in any hand. */
export const SCREEN_ALPHABET = [
	'A',
	'C',
	'E',
	'F',
	'H',
	'J',
	'K',
	'M',
	'P',
	'R',
	'T',
	'X',
	'Y',
	'3',
	'4',
	'7',
	'9',
] as const;

export type ScreenCharacter = (typeof SCREEN_ALPHABET)[number];

/** So many characters name a screen: 83,521 of them, for a person's few screens and five tries. */
export const SCREEN_LENGTH = 4;

/** The characters that random bytes draw; four bytes for each, so that none is likelier than another by a billionth. */
export function drawCharacters(bytes: Uint8Array): ScreenCharacter[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Array.from({ length: SCREEN_LENGTH }, (_, place) => {
		const drawn = SCREEN_ALPHABET[view.getUint32(place * 4) % SCREEN_ALPHABET.length];
		if (drawn === undefined) throw new RangeError('outside the alphabet');
		return drawn;
	});
}

/** What support typed as the caller read it out ("k 7 m 3", "Ｋ７ｍ３"), or undefined where it can be no screen's. */
export function readCharacters(text: string): string | undefined {
	const plain = text
		.normalize('NFKC')
		.replace(/[\s\-‐-―−.,]/g, '')
		.toUpperCase();
	const letters: readonly string[] = SCREEN_ALPHABET;
	return plain.length === SCREEN_LENGTH && [...plain].every((each) => letters.includes(each)) ? plain : undefined;
}

/** Where a screen is, by the kind of its page and nothing that stands on it. */
export const SCREEN_STEPS = [
	'home',
	'link',
	'sign_in',
	'code',
	'debt',
	'hardship',
	'documents',
	'plans',
	'check',
	'application',
	'agreement',
	'security',
] as const;

export type ScreenStep = (typeof SCREEN_STEPS)[number];

const PAGES: Readonly<Record<string, ScreenStep>> = {
	l: 'link',
	'sign-in': 'sign_in',
	'sign-in/code': 'code',
	debt: 'debt',
	hardship: 'hardship',
	documents: 'documents',
	plans: 'plans',
	check: 'check',
	application: 'application',
	agreement: 'agreement',
	security: 'security',
};

/** The step of a page by its route: "/(cardholder)/debt/why" is a page of "debt". Every other page counts as "home". */
export function stepOfRoute(routeId: string | null | undefined): ScreenStep {
	const [first = '', second = ''] = (routeId ?? '').split('/').filter((part) => part !== '' && !part.startsWith('('));
	return PAGES[`${first}/${second}`] ?? PAGES[first] ?? 'home';
}

/** The step that an address names, where it is one of ours; else "home". */
export function readStep(text: string | null): ScreenStep {
	return SCREEN_STEPS.find((step) => step === text) ?? 'home';
}
