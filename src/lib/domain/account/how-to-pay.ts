/** How a bank's cardholders pay: its own words by locale, and where. We take no payment ourselves. */
export interface HowToPay {
	readonly text: Readonly<Record<string, string>>;
	/** A page of the bank (https), or a place as one writes it; undefined where the words say it all. */
	readonly address: { readonly kind: 'page' | 'place'; readonly text: string } | undefined;
}

/** Reads the bank's setting `{ "text": { "zh-CN": …, "en": … }, "address"?: … }`; undefined where it makes no sense. */
export function readHowToPay(setting: unknown): HowToPay | undefined {
	if (!isObject(setting) || !isObject(setting['text'])) return undefined;
	const texts = Object.entries(setting['text']);
	if (texts.length === 0 || !texts.every(([, text]) => typeof text === 'string' && text.trim() !== ''))
		return undefined;
	const address = setting['address'] ?? '';
	if (typeof address !== 'string') return undefined;
	const text = address.trim();
	// Only https is a link: nothing that runs, and nothing unprotected, is ever put behind words of ours.
	const kind = text.startsWith('https://') && URL.canParse(text) ? 'page' : 'place';
	return {
		text: Object.fromEntries(texts) as Record<string, string>,
		address: text === '' ? undefined : { kind, text },
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
