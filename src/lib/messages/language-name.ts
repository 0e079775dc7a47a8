/**
 * What a language is called in the reader's: "English", and with its script where `all` has another of the same tongue: "Simplified
 * Chinese". Intl's own words; a tag that Intl does not know is its own name.
 */
export function languageName(tag: string, all: readonly string[], locale: string): string {
	try {
		const own = new Intl.Locale(tag).maximize();
		const isAlone = all.every((each) => each === tag || new Intl.Locale(each).language !== own.language);
		const asked = isAlone ? own.language : `${own.language}-${own.script ?? ''}`;
		return new Intl.DisplayNames([locale], { type: 'language', languageDisplay: 'dialect' }).of(asked) ?? tag;
	} catch {
		return tag;
	}
}
