// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Estimates how many bytes of memory a part of the model takes, as a 64-bit JVM with compressed
 * pointers lays it out. Whatever is in a record counts, and what is {@linkplain Common#isShared
 * shared} does not.
 */
final class Footprint {
  private static final int HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int POINTER = 4;
  private static final int OPTIONAL = 16;
  private static final int INTEGER = 16;
  private static final int STRING = 24;
  private static final int COLLECTION = 24;
  private static final int USER_DATA = 16;

  private static final int MOST_WITHOUT_ARRAY = 2;

  private static final int MAP = 48;
  private static final int MAP_ENTRY = 24;
  private static final int LATIN_1_END = 0x100;

  /** How the records of a class are laid out, found once. */
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private final Set<Object> counted = Collections.newSetFromMap(new IdentityHashMap<>());

  private Footprint() {}

  /**
   * Estimates a value with all that hangs on it.
   *
   * @param value a record of the model, or what may be in one
   * @return the number of bytes
   * @throws IllegalArgumentException when it is neither
   */
  static int of(Object value) {
    return new Footprint().bytes(value);
  }

  /** What is met a second time counts nothing. */
  private int bytes(Object value) {
    if (value instanceof Boolean
        || value instanceof Enum<?>
        || value.equals(Optional.empty())
        || Common.isShared(value)
        || !counted.add(value)) {
      return 0;
    }
    if (value instanceof Optional<?> optional) {
      return OPTIONAL + bytes(optional.get());
    }
    if (value instanceof String text) {
      return STRING + array(text.length() * bytesPerCharacter(text));
    }
    if (value instanceof Record record) {
      return record(record);
    }
    if (value instanceof Collection<?> collection) {
      return collection.isEmpty() ? 0 : collection(collection);
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? 0 : map(map);
    }
    if (value instanceof UserData userData) {
      return USER_DATA + array(userData.length());
    }
    if (value instanceof Integer) {
      return INTEGER;
    }
    throw new IllegalArgumentException("not of the model: " + value.getClass());
  }

  private int collection(Collection<?> collection) {
    int size = collection.size();
    int bytes = COLLECTION + (size > MOST_WITHOUT_ARRAY ? array(POINTER * size) : 0);
    for (Object element : collection) {
      bytes += bytes(element);
    }
    return bytes;
  }

  private int map(Map<?, ?> map) {
    int bytes = MAP + array(POINTER * map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      bytes += MAP_ENTRY + bytes(entry.getKey()) + bytes(entry.getValue());
    }
    return bytes;
  }

  private int record(Record record) {
    Shape shape = SHAPES.get(record.getClass());
    int bytes = shape.bytes;
    for (Method accessor : shape.accessors) {
      bytes += bytes(valueOf(accessor, record));
    }
    return bytes;
  }

  private static Object valueOf(Method accessor, Record record) {
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(accessor + " cannot be read", e);
    }
  }

  private static int bytesPerCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= LATIN_1_END) {
        return Character.BYTES;
      }
    }
    return 1;
  }

  private static int array(int bytes) {
    return aligned(ARRAY_HEADER + bytes);
  }

  private static int aligned(int bytes) {
    return (bytes + 7) & ~7;
  }

  /**
   * What the records of a class take by themselves, and how to get at what hangs on them.
   *
   * @param bytes their own bytes
   * @param accessors those of the components that are objects
   */
  private record Shape(int bytes, List<Method> accessors) {
    static Shape of(Class<?> type) {
      int bytes = HEADER;
      List<Method> accessors = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        bytes += component.getType() == boolean.class ? 1 : POINTER;
        if (!component.getType().isPrimitive()) {
          accessors.add(component.getAccessor());
        }
      }
      accessors.forEach(Method::trySetAccessible);
      return new Shape(aligned(bytes), accessors);
    }
  }
}
