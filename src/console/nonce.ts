/** The nonce of this page, which the content security policy asks of style elements. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/**
 * antd gives its style elements the nonce, but not those that measure scroll bars and hold the page still behind a dialog. Whoever can run
 * script here could as well set it, so that nothing is lost by giving it to each.
 */
export function giveStylesTheNonce(): void {
  const create = document.createElement.bind(document) as (
    name: string,
    options?: ElementCreationOptions,
  ) => HTMLElement;
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (name.toLowerCase() === 'style') element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
