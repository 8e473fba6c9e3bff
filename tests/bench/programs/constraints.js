// One-way constraints in the manner of DeltaBlue: a chain of equalities and scalings, planned once a change and then run.
class Variable {
  constructor(name, value) {
    this.name = name;
    this.value = value;
    this.constraints = [];
    this.determinedBy = null;
    this.walkStrength = 5;
    this.mark = 0;
  }
}

class Constraint {
  constructor(strength) {
    this.strength = strength;
    this.output = null;
  }
  isSatisfied() { return this.output !== null; }
}

class Edit extends Constraint {
  constructor(variable, strength) {
    super(strength);
    this.variable = variable;
    variable.constraints.push(this);
  }
  choose(mark) {
    this.output = this.variable.mark !== mark && this.strength < this.variable.walkStrength ? this.variable : null;
  }
  inputs() { return []; }
  execute() {}
}

class Equal extends Constraint {
  constructor(a, b, strength) {
    super(strength);
    this.a = a;
    this.b = b;
    a.constraints.push(this);
    b.constraints.push(this);
  }
  choose(mark) {
    const { a, b } = this;
    if (a.mark === mark) this.output = b.mark !== mark && this.strength < b.walkStrength ? b : null;
    else if (b.mark === mark) this.output = this.strength < a.walkStrength ? a : null;
    else if (a.walkStrength > b.walkStrength) this.output = this.strength < a.walkStrength ? a : null;
    else this.output = this.strength < b.walkStrength ? b : null;
  }
  inputs() { return [this.output === this.a ? this.b : this.a]; }
  execute() {
    if (this.output === this.b) this.b.value = this.a.value;
    else this.a.value = this.b.value;
  }
}

class Scale extends Equal {
  constructor(a, b, factor, offset, strength) {
    super(a, b, strength);
    this.factor = factor;
    this.offset = offset;
  }
  execute() {
    if (this.output === this.b) this.b.value = this.a.value * this.factor + this.offset;
    else this.a.value = (this.b.value - this.offset) / this.factor;
  }
}

class Planner {
  constructor() { this.mark = 0; }
  add(constraint) {
    this.mark++;
    let next = this.satisfy(constraint);
    while (next !== null) next = this.satisfy(next);
  }
  satisfy(constraint) {
    constraint.choose(this.mark);
    const output = constraint.output;
    if (output === null) return null;
    for (const input of constraint.inputs()) input.mark = this.mark;
    const overridden = output.determinedBy;
    if (overridden !== null) overridden.output = null;
    output.determinedBy = constraint;
    output.walkStrength = constraint.strength;
    this.propagate(output);
    output.mark = this.mark;
    return overridden;
  }
  propagate(from) {
    const todo = [from];
    while (todo.length > 0) {
      const variable = todo.pop();
      for (const constraint of variable.constraints) {
        if (constraint === variable.determinedBy || !constraint.isSatisfied()) continue;
        if (constraint.output === variable) continue;
        constraint.execute();
        todo.push(constraint.output);
      }
    }
  }
  plan(source) {
    const plan = [];
    const todo = [source];
    while (todo.length > 0) {
      const variable = todo.pop();
      for (const constraint of variable.constraints) {
        if (constraint.isSatisfied() && constraint.output !== variable && constraint !== variable.determinedBy) {
          plan.push(constraint);
          todo.push(constraint.output);
        }
      }
    }
    return plan;
  }
}

function chain(length) {
  const planner = new Planner();
  const variables = Array.from({ length }, (_, i) => new Variable("v" + i, i));
  for (let i = 1; i < length; i++) {
    const scaled = i % 3 === 0;
    const constraint = scaled
      ? new Scale(variables[i - 1], variables[i], 2, 1, 1)
      : new Equal(variables[i - 1], variables[i], 1);
    planner.add(constraint);
  }
  planner.add(new Edit(variables[0], 0));
  const plan = planner.plan(variables[0]);
  let sum = 0;
  for (let value = 0; value < 300; value++) {
    variables[0].value = value % 7;
    for (const constraint of plan) constraint.execute();
    sum = (sum + variables[length - 1].value) % 1000003;
  }
  return sum + plan.length;
}

let total = 0;
for (let round = 0; round < 30; round++) total += chain(60 + 20 * round);
console.log("total", total);
