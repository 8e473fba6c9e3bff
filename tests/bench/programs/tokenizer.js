// A tokenizer by charCodeAt, a recursive-descent parser and an evaluator over its tree.
const SPACE = 32, ZERO = 48, NINE = 57;
class Lexer {
  constructor(text) { this.text = text; this.at = 0; this.kind = ""; this.value = 0; this.next(); }
  next() {
    const { text } = this;
    while (this.at < text.length && text.charCodeAt(this.at) <= SPACE) this.at++;
    if (this.at >= text.length) { this.kind = "end"; return; }
    const code = text.charCodeAt(this.at), start = this.at;
    if (code >= ZERO && code <= NINE) {
      let value = 0;
      while (this.at < text.length) {
        const digit = text.charCodeAt(this.at) - ZERO;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
        this.at++;
      }
      this.kind = "number"; this.value = value; return;
    }
    if (code >= 97 && code <= 122) {
      while (this.at < text.length && text[this.at] >= "a" && text[this.at] <= "z") this.at++;
      this.kind = "name"; this.value = text.slice(start, this.at); return;
    }
    this.kind = text[this.at++];
  }
}
class Parser {
  constructor(text) { this.lexer = new Lexer(text); }
  expression() {
    let left = this.term();
    while (this.lexer.kind === "+" || this.lexer.kind === "-") {
      const operator = this.lexer.kind; this.lexer.next();
      left = { type: "binary", operator, left, right: this.term() };
    }
    return left;
  }
  term() {
    let left = this.factor();
    while (this.lexer.kind === "*" || this.lexer.kind === "%") {
      const operator = this.lexer.kind; this.lexer.next();
      left = { type: "binary", operator, left, right: this.factor() };
    }
    return left;
  }
  factor() {
    const { kind, value } = this.lexer;
    this.lexer.next();
    switch (kind) {
      case "number": return { type: "number", value };
      case "name": return { type: "name", name: value };
      case "-": return { type: "negate", operand: this.factor() };
      case "(": { const inner = this.expression(); this.lexer.next(); return inner; }
      default: throw new SyntaxError("unexpected " + kind);
    }
  }
}
const operators = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => (a * b) % 10007, "%": (a, b) => (b === 0 ? a : a % b) };
function evaluate(node, scope) {
  switch (node.type) {
    case "number": return node.value;
    case "name": if (!(node.name in scope)) throw new ReferenceError(node.name); return scope[node.name];
    case "negate": return -evaluate(node.operand, scope);
    case "binary": return operators[node.operator](evaluate(node.left, scope), evaluate(node.right, scope));
  }
}
const source = Array.from({ length: 60 }, (_, i) => `(alpha + ${i} * beta - (gamma % ${i + 2})) * ${i * 37} + -delta`).join(" + ");
let total = 0;
for (let round = 0; round < 60; round++) {
  const tree = new Parser(source).expression();
  for (let i = 0; i < 4; i++) total = (total + evaluate(tree, { alpha: round, beta: i, gamma: 91, delta: 5 })) % 1000003;
  try { new Parser(source + " + )").expression(); } catch (error) { total += error.message.length; }
}
console.log(String(total));
