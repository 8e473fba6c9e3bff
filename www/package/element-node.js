// The element under Node, where there is no page to put it into: a site that renders there may import it all the same.
export const SemispacePlayground = undefined;

export function setBase() {}
