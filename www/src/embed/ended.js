// A run may be ended while somebody waits for it: by Reset, by another attribute, by leaving the page. Nothing has gone wrong then.
const CODE = "ERR_ENDED";

/** What the waiting promise is rejected with. */
export const ended = () => Object.assign(new Error("The run has been ended."), { code: CODE });

export const isEnd = ({ code }) => code === CODE;
