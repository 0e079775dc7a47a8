/** The language in which everything is written first: what is missing in another is said in it. */
export const BASE_LANGUAGE = 'zh-CN';

/** What most can read who read neither their own nor the base. */
const WIDELY_READ = 'en';

/**
 * The language out of `all` for a reader of `locale`: itself, else one of the same tongue and script, else one of the same tongue
 * (RFC 4647's lookup, with the script that a region implies: zh-HK reads zh-TW before zh-CN). Undefined where none is near.
 */
export function nearestLanguage(all: readonly string[], locale: string): string | undefined {
	if (all.includes(locale)) return locale;
	const wanted = whole(locale);
	if (!wanted) return undefined;
	const sameTongue = all.filter((each) => whole(each)?.language === wanted.language);
	return sameTongue.find((each) => whole(each)?.script === wanted.script) ?? sameTongue[0];
}

/** What somebody wrote in several languages, by tag. */
export type Texts = Readonly<Record<string, string>>;

/**
 * In which of its languages a text is said to a reader of `locale`: in the nearest to theirs, else in the base, else in English, else
 * in the first there is. Who reads zh-TW is told in zh-TW, zh-CN, en: the first of these. Undefined where there is no text at all.
 */
export function languageOf(texts: Texts, locale: string): string | undefined {
	const nearest = nearestLanguage(Object.keys(texts), locale);
	const inTurn = [nearest, BASE_LANGUAGE, WIDELY_READ, ...Object.keys(texts)];
	return inTurn.find((tag) => tag !== undefined && texts[tag] !== undefined);
}

/** The text that a reader of `locale` is told, see `languageOf`. */
export function textIn(texts: Texts, locale: string): string | undefined {
	return texts[languageOf(texts, locale) ?? ''];
}

/** The `lang` of that text where it is not the page's own: it is read aloud, and its characters are drawn, as of that language. */
export function foreignIn(texts: Texts, locale: string): string | undefined {
	const language = languageOf(texts, locale);
	return language === locale ? undefined : language;
}

/** For every one of `tags` in which a text is missing, the language in which its readers are told it; nothing where it is in none. */
export function toldInstead(texts: Texts, tags: readonly string[]): Texts {
	const missing = tags.filter((tag) => texts[tag] === undefined);
	return Object.fromEntries(
		missing.flatMap((tag) => {
			const language = languageOf(texts, tag);
			return language === undefined ? [] : [[tag, language]];
		}),
	);
}

/** A tag with the script and the region that it implies; undefined for what is no tag. */
function whole(locale: string): Intl.Locale | undefined {
	try {
		return new Intl.Locale(locale).maximize();
	} catch {
		return undefined;
	}
}

/**
 * The language out of `all` for a browser's `Accept-Language`: the nearest to what it likes best and we have. Undefined where it likes
 * none of ours.
 */
export function preferredLanguage(all: readonly string[], acceptLanguage: string): string | undefined {
	const liked = acceptLanguage.split(',').map((range) => {
		const [tag = '', weight] = range.split(';q=');
		return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
	});
	const inTurn = liked.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
	for (const { tag } of inTurn) {
		const nearest = nearestLanguage(all, tag);
		if (nearest !== undefined) return nearest;
	}
	return undefined;
}
