/** Stands in for Kit's `$app/state` where a page is rendered by itself: what every page's frame provides. */
export const page = {
	data: { bank: { name: 'Example Bank', phrase: '', phone: '400 820 0000' } },
	url: new URL('http://127.0.0.1/'),
};
