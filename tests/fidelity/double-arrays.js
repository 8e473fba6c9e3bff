// Vectors of doubles, and objects with double fields.
class Particle {
  constructor(x, y) {
    this.x = x;
    this.y = y;
    this.vx = x / 3;
    this.vy = y / 7;
  }
}
const ROUNDS = 400;
const kept = [];
let energy = 0;
for (let round = 0; round < ROUNDS; round++) {
  const particles = [];
  for (let i = 0; i < 500; i++) particles.push(new Particle(i * 0.5, round * 0.25));
  const xs = [];
  for (let i = 0; i < 2000; i++) xs.push(i * 1.5);
  for (const p of particles) {
    p.x += p.vx * 0.01;
    p.y += p.vy * 0.01;
    energy += p.vx * p.vx + p.vy * p.vy;
  }
  kept.push(xs, particles);
  if (kept.length > 60) kept.splice(0, 2);
}
console.log(energy.toFixed(3), kept.length);
