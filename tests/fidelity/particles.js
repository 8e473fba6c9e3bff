// Old objects whose fields of doubles change all the time: each store writes into the field's own box.
class Particle {
  constructor(i) {
    this.x = i * 0.5;
    this.y = i * 0.25;
    this.vx = 0.1 + i * 0.001;
    this.vy = 0.2;
  }

  step(dt) {
    this.x += this.vx * dt;
    this.y += this.vy * dt;
    if (this.x > 100) this.vx = -this.vx;
    if (this.y > 100) this.vy = -this.vy;
  }
}

const all = [];
for (let i = 0; i < 5000; i++) all.push(new Particle(i));
for (let t = 0; t < 200; t++) {
  for (const particle of all) particle.step(0.016);
}
console.log(all[17].x.toFixed(4));
