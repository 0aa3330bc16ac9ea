;; Scales images of bytes in Pillow's fixed-point arithmetic (resample.ts): a value is a sum of neighbouring values times weights
;; with 22 bits behind the point, rounded and cut off to a byte. Four sums of 32 bits are formed at a time.
;;
;; A table of weights has a line of 32-bit integers for each pixel of the result: where its first neighbour begins, in bytes from the
;; beginning of a row or of the image; how many neighbours there are; their weights. A line is `line` bytes long.
;;
;; Vectors are loaded and stored whole, though a row may end within them: what is stored behind its end is overwritten by what
;; comes next, and 16 bytes are free behind the last row.
(module
  (memory (export "memory") 1)

  ;; Across each of `rows` rows of `stride` bytes. The lanes of a sum are the channels of a pixel.
  (func (export "across")
    (param $source i32) (param $rows i32) (param $stride i32) (param $channels i32)
    (param $table i32) (param $tableEnd i32) (param $line i32) (param $target i32)
    (local $entry i32) (local $from i32) (local $weight i32) (local $weightEnd i32) (local $sum v128)
    (loop $row
      (local.set $entry (local.get $table))
      (loop $pixel
        (local.set $from (i32.add (local.get $source) (i32.load (local.get $entry))))
        (local.set $weight (i32.add (local.get $entry) (i32.const 8)))
        (local.set $weightEnd
          (i32.add (local.get $weight) (i32.shl (i32.load offset=4 (local.get $entry)) (i32.const 2))))
        (local.set $sum (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
        (loop $neighbour
          (local.set $sum
            (i32x4.add
              (local.get $sum)
              (i32x4.mul
                (v128.load32_splat (local.get $weight))
                (i32x4.extend_low_i16x8_u (v128.load8x8_u (local.get $from))))))
          (local.set $from (i32.add (local.get $from) (local.get $channels)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br_if $neighbour (i32.lt_u (local.get $weight) (local.get $weightEnd))))
        (local.set $sum (i32x4.shr_s (local.get $sum) (i32.const 22)))
        (local.set $sum (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
        (v128.store32_lane 0 (local.get $target) (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))
        (local.set $target (i32.add (local.get $target) (local.get $channels)))
        (local.set $entry (i32.add (local.get $entry) (local.get $line)))
        (br_if $pixel (i32.lt_u (local.get $entry) (local.get $tableEnd))))
      (local.set $source (i32.add (local.get $source) (local.get $stride)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br_if $row (local.get $rows))))

  ;; Down rows of `stride` bytes, 16 bytes of a row at a time.
  (func (export "down")
    (param $source i32) (param $stride i32) (param $table i32) (param $tableEnd i32) (param $line i32) (param $target i32)
    (local $at i32) (local $from i32) (local $weight i32) (local $weightEnd i32)
    (local $factor v128) (local $bytes v128) (local $low v128) (local $high v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $row
      (local.set $weightEnd
        (i32.add
          (i32.add (local.get $table) (i32.const 8))
          (i32.shl (i32.load offset=4 (local.get $table)) (i32.const 2))))
      (local.set $at (i32.const 0))
      (loop $part
        (local.set $from
          (i32.add (i32.add (local.get $source) (i32.load (local.get $table))) (local.get $at)))
        (local.set $weight (i32.add (local.get $table) (i32.const 8)))
        (local.set $a (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
        (local.set $b (local.get $a))
        (local.set $c (local.get $a))
        (local.set $d (local.get $a))
        (loop $neighbour
          (local.set $factor (v128.load32_splat (local.get $weight)))
          (local.set $bytes (v128.load (local.get $from)))
          (local.set $low (i16x8.extend_low_i8x16_u (local.get $bytes)))
          (local.set $high (i16x8.extend_high_i8x16_u (local.get $bytes)))
          (local.set $a
            (i32x4.add (local.get $a) (i32x4.mul (local.get $factor) (i32x4.extend_low_i16x8_u (local.get $low)))))
          (local.set $b
            (i32x4.add (local.get $b) (i32x4.mul (local.get $factor) (i32x4.extend_high_i16x8_u (local.get $low)))))
          (local.set $c
            (i32x4.add (local.get $c) (i32x4.mul (local.get $factor) (i32x4.extend_low_i16x8_u (local.get $high)))))
          (local.set $d
            (i32x4.add (local.get $d) (i32x4.mul (local.get $factor) (i32x4.extend_high_i16x8_u (local.get $high)))))
          (local.set $from (i32.add (local.get $from) (local.get $stride)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br_if $neighbour (i32.lt_u (local.get $weight) (local.get $weightEnd))))
        (v128.store
          (i32.add (local.get $target) (local.get $at))
          (i8x16.narrow_i16x8_u
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $a) (i32.const 22))
              (i32x4.shr_s (local.get $b) (i32.const 22)))
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $c) (i32.const 22))
              (i32x4.shr_s (local.get $d) (i32.const 22)))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $part (i32.lt_u (local.get $at) (local.get $stride))))
      (local.set $target (i32.add (local.get $target) (local.get $stride)))
      (local.set $table (i32.add (local.get $table) (local.get $line)))
      (br_if $row (i32.lt_u (local.get $table) (local.get $tableEnd))))))
