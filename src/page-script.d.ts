/** The address of a page's script; see page-scripts.ts. */
declare module '*?script' {
	const address: string;
	export default address;
}
