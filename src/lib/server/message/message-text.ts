import { wordIn } from '#lib/messages/languages.ts';
import type { MessageTemplate } from '#lib/server/message/template.ts';

/** What the words of a message may hold besides themselves: the bank's name, and a link or a code with its minutes. */
export interface MessageParts {
	readonly bank: string;
	readonly link?: string | undefined;
	readonly code?: string | undefined;
	readonly minutes?: number | undefined;
}

/**
 * A message's text in a language (the nearest of ours where it is none of them). Throws where a template names a part that is not
 * there: half a message is none.
 */
export function messageText(template: MessageTemplate, locale: string, parts: MessageParts): string {
	return wordIn(locale, `sms_${template}`).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
		const part = parts[name as keyof MessageParts];
		if (part === undefined) throw new Error(`the message ${template} lacks its ${name}`);
		return String(part);
	});
}
