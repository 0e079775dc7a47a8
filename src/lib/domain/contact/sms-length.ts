/** The basic GSM 03.38 alphabet, and what it writes with two characters. */
const GSM =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENDED = '\f^{}\\[~]|€';

/** How long a text is on the air: 160 units of the GSM alphabet fit one SMS, or 70 of UCS-2 where it needs that. */
export interface SmsLength {
	readonly alphabet: 'gsm' | 'ucs2';
	readonly units: number;
	readonly messages: number;
}

/** Measures a text as a gateway would send it; longer ones are split, and each piece loses room to its header. */
export function smsLength(text: string): SmsLength {
	const gsm = [...text].every((character) => GSM.includes(character) || GSM_EXTENDED.includes(character));
	if (!gsm) return measured('ucs2', text.length, 70, 67);
	const units = [...text].reduce((sum, character) => sum + (GSM_EXTENDED.includes(character) ? 2 : 1), 0);
	return measured('gsm', units, 160, 153);
}

function measured(alphabet: SmsLength['alphabet'], units: number, whole: number, piece: number): SmsLength {
	return { alphabet, units, messages: units <= whole ? 1 : Math.ceil(units / piece) };
}
