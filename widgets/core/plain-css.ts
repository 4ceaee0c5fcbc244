/** Lit's `css` for bundles of elements that draw without Lit: the text alone (`vite.config.ts` puts it in its place). */
export const css = (texts: TemplateStringsArray, ...values: readonly unknown[]): { readonly cssText: string } => ({
  cssText: String.raw({ raw: texts }, ...values),
});
