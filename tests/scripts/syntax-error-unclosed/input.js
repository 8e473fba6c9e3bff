function f() {
  console.log(1)
