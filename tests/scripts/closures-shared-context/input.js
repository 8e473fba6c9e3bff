function make() {
  let big = 'big', small = 1
  function a() { return big }
  function b() { return small++ }
  return [a, b, () => big + small]
}
const [a, b, c] = make()
console.log(a(), b(), b(), c())
